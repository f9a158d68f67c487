//! Failures: what counts, and how long an image is held back after one.

use assetmon_server::store::StoreError;
use proto_types::FailureCause::{Environment, Image};

use crate::common::{at, fleet::*, image};

#[tokio::test]
async fn a_hosts_own_trouble_releases_the_lease_and_is_not_counted() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    assert!(!fleet.fail(&web, &lease, Environment).await.unwrap());
    assert!(fleet.image(1).await.lease.is_none());
    assert!(fleet.full(&db, &[("a", 1)]).await.leases.is_empty());
    fleet.pass(60);
    let next = fleet.full(&db, &[("a", 1)]).await.leases.remove(0);
    assert_eq!(next.generation, 2);
    let failure = &fleet.image(1).await.failures[0];
    assert_eq!((failure.cause, failure.counted), (Environment, false));
    assert_eq!(failure.message, "it would not open");
}

#[tokio::test]
async fn a_hosts_own_trouble_never_quarantines() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    for _ in 0..30 {
        let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
        assert!(!fleet.fail(&web, &lease, Environment).await.unwrap());
        fleet.pass(60);
    }
    assert!(
        fleet.image(1).await.failures.len() <= 20,
        "they must not pile up"
    );
}

#[tokio::test]
async fn the_images_own_failure_counts_and_backs_off_twice_as_long_each_time() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let mut lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    for wait in [20 * 60, 40 * 60, 80 * 60, 160 * 60] {
        fleet.fail(&web, &lease, Image).await.unwrap();
        fleet.pass(wait - 1);
        assert!(fleet.full(&web, &[("a", 1)]).await.leases.is_empty());
        fleet.pass(1);
        lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    }
}

#[tokio::test]
async fn status_says_since_when_and_why_an_image_waits() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    fleet.fail(&web, &lease, Image).await.unwrap();
    let status = fleet.store.status(fleet.now()).await.unwrap();
    let queued = &status.queue[0];
    assert_eq!((queued.digest, queued.containers), (image(1), 1));
    assert_eq!(queued.not_before, Some(at(1200)));
    assert_eq!(queued.last_failure.as_deref(), Some("it would not open"));
    assert_eq!((queued.failures, status.counts.queued_images), (1, 1));
}

#[tokio::test]
async fn a_failure_that_is_told_twice_counts_once() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    for _ in 0..6 {
        assert!(!fleet.fail(&web, &lease, Image).await.unwrap());
    }
    assert_eq!(fleet.image(1).await.failures.len(), 1);
}

#[tokio::test]
async fn a_failure_after_its_lease_ran_out_and_was_counted_counts_once() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    fleet.pass(1800);
    fleet.full(&db, &[("a", 1)]).await;
    let error = refused(fleet.fail(&web, &lease, Image).await);
    assert!(
        matches!(error, StoreError::LeaseSuperseded { .. }),
        "{error:?}"
    );
    assert_eq!(fleet.image(1).await.failures.len(), 1);
}

#[tokio::test]
async fn only_the_holder_may_tell_of_a_failure() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    fleet.full(&db, &[("a", 1)]).await;
    let error = refused(fleet.fail(&db, &lease, Image).await);
    assert!(matches!(error, StoreError::Forbidden(_)), "{error:?}");
    assert!(fleet.image(1).await.lease.is_some());
}

#[tokio::test]
async fn a_back_off_from_before_the_clock_was_set_back_holds_nothing() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    fleet.fail(&web, &lease, Image).await.unwrap();
    fleet.pass(-3 * 86_400);
    assert_eq!(fleet.full(&web, &[("a", 1)]).await.leases.len(), 1);
}
