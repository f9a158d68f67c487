//! Changes: what began and ended, in an order in which it can be replayed.

use proto_types::{ChangeKind, ListChanges};

use crate::common::{at, deb, fleet::*};

/// Kind, container and image of every change of runs, read in pages of this size.
async fn changes(fleet: &Fleet, limit: u64) -> Vec<(ChangeKind, String, u8)> {
    let mut request = ListChanges {
        since: Some(at(0)),
        limit: Some(limit),
        ..Default::default()
    };
    let mut changes = Vec::new();
    loop {
        let now = fleet.now();
        let page = fleet.store.changes(request.clone(), now, now).await;
        let page = page.unwrap();
        changes.extend(page.changes.into_iter().filter_map(|change| {
            let image = change.image_digest?.as_bytes()[0];
            Some((change.kind, change.container?, image))
        }));
        request.cursor = page.next_cursor;
        if !page.truncated {
            return changes;
        }
    }
}

#[tokio::test]
async fn a_run_of_no_length_is_told_between_the_run_before_and_the_run_after() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.run(&web, &[("a", 1)], &[deb("x", "1")]).await;
    fleet.pass(10);
    // Within one millisecond: another image, nothing, and a third image.
    fleet.full(&web, &[("a", 2)]).await;
    fleet.full(&web, &[]).await;
    fleet.full(&web, &[("a", 3)]).await;
    let (started, stopped) = (ChangeKind::Started, ChangeKind::Stopped);
    let wanted = [
        (started, 1),
        (stopped, 1),
        (started, 2),
        (stopped, 2),
        (started, 3),
    ];
    let wanted = wanted.map(|(kind, image)| (kind, "a".to_owned(), image));
    assert_eq!(changes(&fleet, 100).await, wanted);
    assert_eq!(changes(&fleet, 1).await, wanted, "in pages");
}
