//! Moments: the time that a change has.

use proto_types::ListContainers;

use crate::common::{at, fleet::*};

/// Since when each container runs, by host and name.
async fn since(fleet: &Fleet) -> Vec<proto_types::Timestamp> {
    let listed = fleet.containers(ListContainers::default()).await.containers;
    listed.iter().map(|one| one.running_since).collect()
}

#[tokio::test]
async fn a_change_is_of_no_earlier_time_than_the_one_before_it() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.pass(10);
    fleet.full(&web, &[("a", 1)]).await;
    fleet.pass(-1);
    fleet.full(&web, &[("a", 1), ("b", 1)]).await;
    assert_eq!(since(&fleet).await, [at(10), at(10)]);
    fleet.pass(2);
    fleet.full(&web, &[("a", 1), ("b", 1), ("c", 1)]).await;
    assert_eq!(since(&fleet).await, [at(10), at(10), at(11)]);
}

#[tokio::test]
async fn a_clock_that_was_mended_is_believed() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.pass(86_400);
    fleet.full(&web, &[("a", 1)]).await;
    fleet.pass(-86_390);
    fleet.full(&web, &[("a", 1), ("b", 1)]).await;
    assert_eq!(since(&fleet).await, [at(86_400), at(10)]);
}

#[tokio::test]
async fn an_answer_is_of_no_earlier_time_than_what_it_holds() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.pass(10);
    fleet.full(&web, &[("a", 1)]).await;
    fleet.pass(-5);
    let live = fleet.containers(ListContainers::default()).await;
    assert_eq!((live.total, live.as_of), (1, at(10)));
    assert_eq!(fleet.live_at(live.as_of).await, ["web/a"]);
}

#[tokio::test]
async fn a_lease_survives_a_clock_that_goes_back_a_little() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let given = fleet.full(&web, &[("a", 1)]).await.leases;
    fleet.pass(-1);
    assert_eq!(fleet.full(&web, &[("a", 1)]).await.leases, given);
}

#[tokio::test]
async fn the_time_goes_on_from_the_last_change_after_a_restart() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.pass(10);
    fleet.full(&web, &[("a", 1)]).await;
    fleet.pass(-1);
    let fleet = fleet.reopened();
    fleet.full(&web, &[("a", 1), ("b", 1)]).await;
    assert_eq!(since(&fleet).await, [at(10), at(10)]);
}
