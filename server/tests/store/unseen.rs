//! What a host runs that nobody looks at: an empty answer is no proof while it does, now and of
//! the past.

use model::side::Side;
use proto_types::{Coverage, During, FindRequest, FullReport, Host, Runtime, Unseen};

use crate::common::{at, fleet::*, full};

fn docker(acknowledged: bool) -> Runtime {
    Runtime {
        kind: "docker".to_owned(),
        detail: String::new(),
        acknowledged,
    }
}

fn unseen(containers_without_image: u64, runtimes: &[Runtime]) -> FullReport {
    FullReport {
        unseen: Unseen {
            containers_without_image,
            runtimes: runtimes.to_vec(),
        },
        ..full(&[])
    }
}

/// Containers without an image and runtimes that keep an answer from being a proof.
fn counts(coverage: Coverage) -> (u64, u64) {
    let counts = (
        coverage.containers_without_image,
        coverage.runtimes_not_looked_at,
    );
    assert_eq!(coverage.complete, counts == (0, 0), "{coverage:?}");
    counts
}

async fn now(fleet: &Fleet) -> (u64, u64) {
    counts(fleet.find(named("x")).await.coverage)
}

async fn then(fleet: &Fleet, seconds: i64) -> (u64, u64) {
    let request = FindRequest {
        at: Some(at(seconds)),
        ..named("x")
    };
    counts(fleet.find(request).await.coverage)
}

async fn during(fleet: &Fleet, from: i64, to: i64) -> (u64, u64) {
    let (from, to) = (at(from), at(to));
    let request = FindRequest {
        during: Some(During { from, to }),
        ..named("x")
    };
    counts(fleet.find(request).await.coverage)
}

async fn host(fleet: &Fleet, name: &str) -> Host {
    let host = fleet.store.host(name.to_owned(), fleet.now()).await;
    host.unwrap()
}

#[tokio::test]
async fn what_is_not_seen_is_a_gap_until_it_is_gone_and_stays_one_in_the_past() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[]).await;
    assert_eq!(now(&fleet).await, (0, 0));
    fleet.pass(100);
    fleet.report(&web, unseen(1, &[])).await.unwrap();
    assert_eq!(now(&fleet).await, (1, 0));
    fleet.pass(100);
    fleet
        .report(&web, unseen(2, &[docker(false)]))
        .await
        .unwrap();
    assert_eq!(now(&fleet).await, (2, 1));
    assert_eq!(host(&fleet, "web").await.unseen.runtimes, [docker(false)]);
    fleet.pass(100);
    fleet
        .report(&web, unseen(2, &[docker(false)]))
        .await
        .unwrap();
    fleet.pass(100);
    fleet.full(&web, &[]).await;
    assert_eq!(now(&fleet).await, (0, 0));
    assert!(host(&fleet, "web").await.unseen.is_empty());
    fleet.pass(100);
    let moments = [99, 100, 199, 200, 399, 400];
    let known = [(0, 0), (1, 0), (1, 0), (2, 1), (2, 1), (0, 0)];
    for (moment, known) in moments.into_iter().zip(known) {
        assert_eq!(then(&fleet, moment).await, known, "at {moment}");
    }
    assert_eq!(during(&fleet, 0, 400).await, (2, 1), "the worst moment");
    assert_eq!(during(&fleet, 400, 401).await, (0, 0));
}

#[tokio::test]
async fn an_acknowledged_runtime_is_shown_and_no_gap_from_then_on() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet
        .report(&web, unseen(0, &[docker(false)]))
        .await
        .unwrap();
    fleet.pass(100);
    fleet
        .report(&web, unseen(0, &[docker(true)]))
        .await
        .unwrap();
    assert_eq!(now(&fleet).await, (0, 0));
    assert_eq!(host(&fleet, "web").await.unseen.runtimes, [docker(true)]);
    assert_eq!(then(&fleet, 99).await, (0, 1), "nobody had said so then");
}

#[tokio::test]
async fn what_is_not_seen_on_one_host_says_nothing_of_another() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    fleet
        .report(&web, unseen(1, &[docker(false)]))
        .await
        .unwrap();
    fleet.report(&db, unseen(2, &[])).await.unwrap();
    assert_eq!(now(&fleet).await, (3, 1));
    let of = |name: &str| Side::Host {
        name: name.to_owned(),
        at: None,
    };
    let diff = fleet.store.diff(of("web"), of("db"), fleet.now());
    let diff = diff.await.unwrap();
    let sides = [diff.from, diff.to].map(|side| counts(side.coverage.unwrap()));
    assert_eq!(sides, [(1, 1), (2, 0)]);
}

#[tokio::test]
async fn a_removed_host_takes_its_gaps_out_of_now_and_leaves_them_in_the_past() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    fleet.full(&db, &[]).await;
    fleet.report(&web, unseen(1, &[])).await.unwrap();
    fleet.pass(10);
    let removed = fleet.store.remove_host("web".to_owned());
    removed.await.unwrap();
    assert_eq!(now(&fleet).await, (0, 0));
    assert_eq!(then(&fleet, 9).await, (1, 0));
    assert_eq!(then(&fleet, 10).await, (0, 0));
}

#[tokio::test]
async fn what_is_not_seen_is_remembered_over_a_restart() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet
        .report(&web, unseen(1, &[docker(false)]))
        .await
        .unwrap();
    let fleet = fleet.reopened();
    assert_eq!(now(&fleet).await, (1, 1));
}

#[tokio::test]
async fn a_clock_that_was_set_back_loses_no_gap() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.pass(100_000);
    fleet.report(&web, unseen(1, &[])).await.unwrap();
    fleet.pass(-50_000);
    fleet.report(&web, unseen(1, &[])).await.unwrap();
    let (before, here) = (then(&fleet, 49_999).await, then(&fleet, 50_000).await);
    assert_eq!((before, here), ((1, 0), (1, 0)));
}
