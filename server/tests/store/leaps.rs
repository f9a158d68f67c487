//! A clock that is days or years off for a while: what is known before and after it stays right.

use assetmon_server::store::HostIdentity;
use jiff::SignedDuration;
use proto_types::{FindRequest, HostState, Timestamp};

use crate::common::{at, fleet::*};

const DAY: i64 = 86_400;
const TEN_YEARS: i64 = 3_652 * DAY;

/// A host and what it runs.
type Host<'h> = (&'h HostIdentity, &'h [(&'h str, u8)]);

/// All of them report, three times, ten minutes apart.
async fn report(fleet: &Fleet, hosts: &[Host<'_>]) {
    for _ in 0..3 {
        fleet.pass(600);
        for (host, containers) in hosts {
            fleet.full(host, containers).await;
        }
    }
}

/// How many of two hosts an answer about a time can't speak for.
async fn uncovered(fleet: &Fleet, at: Timestamp) -> u64 {
    let request = FindRequest {
        at: Some(at),
        ..FindRequest::default()
    };
    let coverage = fleet.find(request).await.coverage;
    assert_eq!(coverage.hosts, 2);
    coverage.silent_hosts + coverage.incomplete_hosts + coverage.cloned_hosts
}

#[tokio::test]
async fn a_clock_that_is_years_ahead_for_one_report_spoils_nothing_of_what_comes_after() {
    for leap in [31 * DAY, TEN_YEARS] {
        let (fleet, [db, web]) = Fleet::of(["db", "web"]).await;
        let both: [Host<'_>; 2] = [(&db, &[("b", 2)]), (&web, &[("a", 1)])];
        for _ in 0..3 {
            report(&fleet, &both).await;
        }
        // How long the host was silent isn't known: for an hour at most.
        let before = fleet.now() - SignedDuration::from_secs(4_000);
        fleet.pass(leap);
        // It is first heard of c while the clock is wrong.
        fleet.full(&web, &[("a", 1), ("c", 3)]).await;
        fleet.pass(-leap);
        let both: [Host<'_>; 2] = [(&db, &[("b", 2)]), (&web, &[("a", 1), ("c", 3)])];
        report(&fleet, &both).await;
        let then = fleet.now();
        report(&fleet, &both).await;
        let hosts = fleet.store.hosts(fleet.now()).await.unwrap().hosts;
        assert!(hosts.iter().all(|host| host.state == HostState::Reporting));
        assert_eq!(fleet.live_at(before).await, ["db/b", "web/a"]);
        assert_eq!(uncovered(&fleet, before).await, 0, "{leap}");
        assert_eq!(fleet.live_at(then).await, ["db/b", "web/a", "web/c"]);
        assert_eq!(uncovered(&fleet, then).await, 0, "{leap}");
        // The rows say the same as the index that was told.
        let fleet = fleet.reopened();
        assert_eq!(fleet.live_at(then).await, ["db/b", "web/a", "web/c"]);
        assert_eq!(uncovered(&fleet, then).await, 0, "{leap}");
    }
}

#[tokio::test]
async fn a_host_that_came_while_the_clock_was_ahead_counts_once_it_is_mended() {
    let (fleet, [db]) = Fleet::of(["db"]).await;
    fleet.full(&db, &[("b", 2)]).await;
    fleet.pass(TEN_YEARS);
    let web = fleet.enroll("web").await;
    fleet.full(&web, &[("a", 1)]).await;
    fleet.pass(-TEN_YEARS);
    let both: [Host<'_>; 2] = [(&db, &[("b", 2)]), (&web, &[("a", 1)])];
    report(&fleet, &both).await;
    let then = fleet.now();
    report(&fleet, &both).await;
    assert_eq!(uncovered(&fleet, then).await, 0);
    assert_eq!(fleet.live_at(then).await, ["db/b", "web/a"]);
    assert_eq!(fleet.live_at(at(0)).await, ["db/b"]);
}

#[tokio::test]
async fn a_clock_that_was_behind_for_some_reports_spoils_nothing_once_it_is_mended() {
    for leap in [DAY, TEN_YEARS] {
        let (fleet, [db, web]) = Fleet::of(["db", "web"]).await;
        let both: [Host<'_>; 2] = [(&db, &[("b", 2)]), (&web, &[("a", 1)])];
        report(&fleet, &both).await;
        fleet.pass(-leap);
        report(&fleet, &both).await;
        fleet.pass(leap);
        report(&fleet, &both).await;
        let then = fleet.now();
        report(&fleet, &both).await;
        assert_eq!(uncovered(&fleet, then).await, 0, "{leap}");
        assert_eq!(fleet.live_at(then).await, ["db/b", "web/a"]);
    }
}
