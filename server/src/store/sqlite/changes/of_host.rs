//! Changes of one host, or of those that had its name: from the index, which knows its runs.

use index::{Index, Listed, Told};
use proto_types::{Change, ChangeKind, Timestamp};

use crate::store::sqlite::context::Context;

use super::{order::Key, start::Start};

/// The first of them behind a start and up to the commit of a question, with where each stands.
pub fn list(
    cx: &Context<'_>,
    index: &Index,
    host: &str,
    start: &Start,
    most: usize,
) -> Vec<(Key, Change)> {
    let mut found = Vec::new();
    for Told { run, began, ended } in index.told_of_host(host) {
        let (id, began) = (run.run.cast_signed(), began.cast_signed());
        let mut add = |key: Key, at, kind| {
            if start.lists(key, at) && key.seq <= cx.seq {
                found.push((key, kind, run));
            }
        };
        add(Key::began(began, id), run.since, ChangeKind::Started);
        if let (Some(ended), Some(until)) = (ended, run.until) {
            let key = Key::ended(ended.cast_signed(), began, id);
            add(key, until, ChangeKind::Stopped);
        }
    }
    found.sort_unstable_by_key(|(key, _, _)| *key);
    found.truncate(most);
    let changes = found.into_iter();
    changes
        .map(|(key, kind, run)| (key, change(kind, &run)))
        .collect()
}

fn change(kind: ChangeKind, run: &Listed<'_>) -> Change {
    let ended = run.until.filter(|_| kind == ChangeKind::Stopped);
    let at: Timestamp = ended.unwrap_or(run.since);
    Change {
        at,
        kind,
        host: Some(run.host.to_owned()),
        container: Some(run.container.to_owned()),
        image_name: Some(run.image_name.to_owned()),
        image_digest: Some(run.image_digest),
        artifact: None,
    }
}
