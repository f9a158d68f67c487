//! A follower of changes, and whether it saw each of them once and in order.

use std::{
    collections::HashMap,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use proto_types::{Change, ChangeKind, ListChanges, Timestamp};

use super::Busy;

/// A change, as far as two of them are told apart.
fn text(change: &Change) -> String {
    let Change {
        at,
        kind,
        host,
        container,
        image_digest,
        artifact,
        ..
    } = change;
    let artifact = artifact.as_ref().map(|one| (&one.name, &one.version));
    format!("{at} {kind:?} {host:?} {container:?} {image_digest:?} {artifact:?}")
}

/// What a page lists, and the request for the next one.
async fn page(busy: &Busy, request: &mut ListChanges) -> (Vec<Change>, bool) {
    let page = busy.fleet.store.changes(request.clone(), busy.fleet.now());
    let page = page.await.unwrap();
    request.cursor = page.next_cursor;
    (page.changes, page.truncated)
}

fn everything(limit: u64) -> ListChanges {
    ListChanges {
        since: Some(Timestamp::MIN),
        limit: Some(limit),
        ..ListChanges::default()
    }
}

/// Follows the changes until it is over and nothing is left.
pub async fn follow(busy: Arc<Busy>) -> Vec<String> {
    let mut request = everything(37);
    let mut seen = Vec::new();
    let mut runs = Replay::default();
    loop {
        let over = busy.over.load(Ordering::Relaxed);
        let (changes, truncated) = page(&busy, &mut request).await;
        for change in &changes {
            runs.take(change);
            seen.push(text(change));
        }
        if !truncated
            && over
            && runs.0.is_empty()
            && seen.len() as u64 >= busy.told.load(Ordering::Relaxed)
        {
            return seen;
        }
        if !truncated {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

/// Containers that run, by the changes so far: a step that can't be is seen at once.
#[derive(Default)]
struct Replay(HashMap<(String, String), String>);

impl Replay {
    fn take(&mut self, change: &Change) {
        let (Some(host), Some(container)) = (&change.host, &change.container) else {
            return;
        };
        let key = (host.clone(), container.clone());
        let image = change.image_digest.unwrap().to_string();
        match change.kind {
            ChangeKind::Started => {
                let before = self.0.insert(key, image);
                assert_eq!(before, None, "started twice: {change:?}");
            }
            _ => {
                let before = self.0.remove(&key);
                assert_eq!(before, Some(image), "stopped what didn't run: {change:?}");
            }
        }
    }
}

/// Whether what was seen is what happened, by the hosts and by the whole list.
pub async fn check(busy: &Busy, seen: &[String]) {
    let mut request = everything(0);
    let mut all = Vec::new();
    let mut told = 0;
    loop {
        let (changes, truncated) = page(busy, &mut request).await;
        told += changes.iter().filter(|one| one.host.is_some()).count() as u64;
        all.extend(changes.iter().map(text));
        if !truncated {
            break;
        }
    }
    assert_eq!(told, busy.told.load(Ordering::Relaxed), "as the hosts know");
    assert_eq!(seen.len(), all.len());
    let differs = seen.iter().zip(&all).position(|(seen, all)| seen != all);
    assert_eq!(differs, None, "in another order");
    eprintln!(
        "{} walks, {} changes",
        busy.walks.load(Ordering::Relaxed),
        all.len()
    );
}
