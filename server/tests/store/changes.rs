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
        let page = fleet.store.changes(request.clone(), now).await;
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

fn since(seconds: i64) -> ListChanges {
    ListChanges {
        since: Some(at(seconds)),
        ..Default::default()
    }
}

/// The containers of a page of changes, and the request that goes on behind it.
async fn page(fleet: &Fleet, mut request: ListChanges) -> (Vec<String>, ListChanges) {
    let page = fleet.store.changes(request.clone(), fleet.now()).await;
    let page = page.unwrap();
    let changed = page.changes.into_iter().filter_map(|one| one.container);
    request.cursor = page.next_cursor;
    (changed.collect(), request)
}

#[tokio::test]
async fn who_follows_misses_nothing_when_the_clock_is_set_back() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.pass(10);
    fleet.full(&web, &[("a", 1)]).await;
    let (seen, request) = page(&fleet, since(5)).await;
    assert_eq!(seen, ["a"]);
    fleet.pass(-3600);
    fleet.full(&web, &[("a", 1), ("b", 1)]).await;
    let (seen, request) = page(&fleet, request).await;
    assert_eq!(seen, ["b"]);
    fleet.pass(3600);
    fleet.full(&web, &[("a", 1), ("b", 1), ("c", 1)]).await;
    assert_eq!(page(&fleet, request).await.0, ["c"]);
}

#[tokio::test]
async fn who_asks_before_anything_changes_goes_on_from_there() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let (seen, request) = page(&fleet, since(0)).await;
    assert_eq!(seen, [""; 0]);
    fleet.pass(-3600);
    fleet.full(&web, &[("a", 1)]).await;
    let (seen, request) = page(&fleet, request).await;
    assert_eq!(seen, ["a"]);
    assert_eq!(page(&fleet, request).await.0, [""; 0]);
}

#[tokio::test]
async fn a_list_since_a_time_holds_what_has_that_time_or_a_later_one() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.pass(10);
    fleet.full(&web, &[("a", 1)]).await;
    // A clock that is a year ahead, for one report.
    fleet.pass(365 * 86_400);
    fleet.full(&web, &[("a", 1), ("b", 1)]).await;
    fleet.pass(-365 * 86_400);
    fleet.full(&web, &[("a", 1), ("b", 1), ("c", 1)]).await;
    fleet.pass(7200);
    fleet
        .full(&web, &[("a", 1), ("b", 1), ("c", 1), ("d", 1)])
        .await;
    for (from, listed) in [
        // b began by the wrong clock, ended as it was mended, and began anew.
        (0, ["a", "b", "b", "b", "c", "d"].as_slice()),
        (10, &["a", "b", "b", "b", "c", "d"]),
        (11, &["b", "b", "d"]),
        (7210, &["b", "b", "d"]),
        (7211, &["b", "b"]),
        (366 * 86_400, &[]),
    ] {
        assert_eq!(page(&fleet, since(from)).await.0, listed, "since {from}");
    }
}

#[tokio::test]
async fn a_list_since_a_time_that_has_not_come_waits_for_it() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let (_, request) = page(&fleet, since(100)).await;
    fleet.full(&web, &[("a", 1)]).await;
    let (seen, request) = page(&fleet, request).await;
    assert_eq!(seen, [""; 0]);
    fleet.pass(100);
    fleet.full(&web, &[("a", 1), ("b", 1)]).await;
    assert_eq!(page(&fleet, request).await.0, ["b"]);
}

#[tokio::test]
async fn a_cursor_from_before_the_database_was_set_back_is_refused() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    let (_, request) = page(&fleet, since(0)).await;
    let (younger, [_]) = Fleet::of(["web"]).await;
    let refused = younger.store.changes(request, younger.now()).await;
    let error = refused.unwrap_err().to_string();
    assert!(error.contains("set back"), "{error}");
}
