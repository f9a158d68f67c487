//! Machines that report with one token: two that do are noticed, and an empty answer is no proof
//! while they do, now and of the past.

use assetmon_server::store::HostIdentity;
use model::{bounds, side::Side};
use proto_types::{
    ContainerReport, Coverage, During, FindRequest, FullReport, Host, HostState, ReportResponse,
};

use crate::common::{at, fleet::*, full, started};

/// A report of a host that runs nothing, by the machine of this mark.
async fn from(fleet: &Fleet, host: &HostIdentity, mark: &str) -> ReportResponse {
    let machine = (!mark.is_empty()).then(|| mark.to_owned());
    let report = FullReport {
        machine,
        ..full(&[])
    };
    fleet.report(host, report).await.unwrap()
}

/// How many hosts are cloned; nothing else is missing.
fn cloned(coverage: Coverage) -> u64 {
    let count = coverage.cloned_hosts;
    assert_eq!(coverage.complete, count == 0, "{coverage:?}");
    count
}

async fn now(fleet: &Fleet) -> u64 {
    cloned(fleet.find(named("x")).await.coverage)
}

async fn then(fleet: &Fleet, seconds: i64) -> u64 {
    let request = FindRequest {
        at: Some(at(seconds)),
        ..named("x")
    };
    cloned(fleet.find(request).await.coverage)
}

async fn during(fleet: &Fleet, from: i64, to: i64) -> u64 {
    let (from, to) = (at(from), at(to));
    let request = FindRequest {
        during: Some(During { from, to }),
        ..named("x")
    };
    cloned(fleet.find(request).await.coverage)
}

async fn web(fleet: &Fleet) -> Host {
    let host = fleet.store.host("web".to_owned(), fleet.now()).await;
    host.unwrap()
}

/// Two machines that report in turn, at 0, 600, 1200 and 1800 seconds.
async fn two_machines() -> (Fleet, HostIdentity) {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    for mark in ["a", "b", "a", "b"] {
        from(&fleet, &web, mark).await;
        fleet.pass(600);
    }
    fleet.pass(-600);
    (fleet, web)
}

#[tokio::test]
async fn a_machine_that_starts_again_is_no_clone() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    for mark in ["a", "b", "b", "c", "", "c"] {
        let answer = from(&fleet, &web, mark).await;
        assert_eq!(answer.cloned_since, None);
        assert_eq!(now(&fleet).await, 0, "{mark}");
    }
}

#[tokio::test]
async fn two_machines_with_one_token_are_shown_and_keep_an_empty_answer_from_being_a_proof() {
    let (fleet, [host]) = Fleet::of(["web"]).await;
    from(&fleet, &host, "a").await;
    fleet.pass(600);
    from(&fleet, &host, "b").await;
    assert_eq!(now(&fleet).await, 0, "it may have been started again");
    fleet.pass(600);
    let answer = from(&fleet, &host, "a").await;
    assert_eq!(answer.cloned_since, Some(at(600)));
    assert_eq!(now(&fleet).await, 1);
    let shown = web(&fleet).await;
    assert_eq!(
        (shown.state, shown.cloned_since),
        (HostState::Cloned, Some(at(600)))
    );
    let fleet = fleet.reopened();
    assert_eq!(now(&fleet).await, 1, "over a restart");
}

#[tokio::test]
async fn an_update_tells_of_a_second_machine_too() {
    let (fleet, [host]) = Fleet::of(["web"]).await;
    from(&fleet, &host, "a").await;
    from(&fleet, &host, "b").await;
    let update = ContainerReport {
        host: "web".to_owned(),
        running: false,
        machine: Some("a".to_owned()),
        ..started("x", 1)
    };
    let answer = fleet.update(&host, update).await.unwrap();
    assert_eq!(answer.cloned_since, Some(fleet.now()));
    assert_eq!(web(&fleet).await.state, HostState::Cloned);
}

#[tokio::test]
async fn it_ends_once_only_one_was_heard_for_an_hour_and_stays_a_gap_in_the_past() {
    let (fleet, host) = two_machines().await;
    for _ in 0..6 {
        fleet.pass(600);
        from(&fleet, &host, "b").await;
        assert_eq!(now(&fleet).await, 1);
    }
    fleet.pass(600);
    from(&fleet, &host, "b").await;
    assert_eq!(now(&fleet).await, 0);
    let shown = web(&fleet).await;
    assert_eq!(
        (shown.state, shown.cloned_since),
        (HostState::Reporting, None)
    );
    let moments = [0, 599, 600, 1800, 5999, 6000];
    for (moment, known) in moments.into_iter().zip([0, 0, 1, 1, 1, 0]) {
        assert_eq!(then(&fleet, moment).await, known, "at {moment}");
    }
    assert_eq!(during(&fleet, 0, 6000).await, 1, "the worst moment");
    let side = Side::Host {
        name: "web".to_owned(),
        at: Some(at(1000)),
    };
    let diff = fleet.store.diff(side.clone(), side, fleet.now()).await;
    assert_eq!(cloned(diff.unwrap().from.coverage.unwrap()), 1);
}

#[tokio::test]
async fn one_that_is_silent_is_silent_and_was_cloned() {
    let (fleet, _) = two_machines().await;
    fleet.pass(3601);
    let coverage = fleet.find(named("x")).await.coverage;
    assert_eq!((coverage.silent_hosts, coverage.cloned_hosts), (1, 0));
    assert_eq!(then(&fleet, 1700).await, 1);
}

#[tokio::test]
async fn a_host_that_enrolls_again_is_one_machine_with_its_first_full_report() {
    let (fleet, host) = two_machines().await;
    let code = fleet.secret();
    let reset = fleet.store.reset_host("web".to_owned(), code);
    reset.await.unwrap();
    let enrolled = fleet.store.enroll(code, fleet.secret()).await.unwrap();
    assert_eq!(enrolled.id, host.id);
    fleet.pass(10);
    assert_eq!(
        now(&fleet).await,
        1,
        "what is known is what two machines told"
    );
    let answer = from(&fleet, &enrolled, "a").await;
    assert_eq!(answer.cloned_since, None);
    assert_eq!(now(&fleet).await, 0);
    assert_eq!(then(&fleet, 1809).await, 1);
}

#[tokio::test]
async fn a_host_that_is_removed_takes_it_out_of_now_and_leaves_it_in_the_past() {
    let (fleet, _) = two_machines().await;
    let db = fleet.enroll("db").await;
    from(&fleet, &db, "c").await;
    fleet.pass(10);
    let removed = fleet.store.remove_host("web".to_owned());
    removed.await.unwrap();
    assert_eq!(now(&fleet).await, 0);
    let request = FindRequest {
        at: Some(at(1809)),
        ..named("x")
    };
    let then = fleet.find(request).await.coverage;
    assert_eq!(then.cloned_hosts, 1);
}

#[tokio::test]
async fn machines_that_report_as_different_hosts_are_nobodys_clones() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    for _ in 0..3 {
        from(&fleet, &web, "a").await;
        from(&fleet, &db, "b").await;
    }
    assert_eq!(now(&fleet).await, 0);
}

#[tokio::test]
async fn as_many_clones_as_are_kept_are_noticed_when_the_first_comes_again() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let most = u32::try_from(bounds::MACHINES).unwrap();
    for number in 0..most {
        let answer = from(&fleet, &web, &format!("{number}")).await;
        assert_eq!(answer.cloned_since, None);
        fleet.pass(1);
    }
    assert_eq!(from(&fleet, &web, "0").await.cloned_since, Some(at(1)));
    // The one that was heard longest ago was forgotten for a new one.
    from(&fleet, &web, "new").await;
    fleet.pass(10_000);
    assert_eq!(from(&fleet, &web, "new").await.cloned_since, None);
    assert_eq!(from(&fleet, &web, "1").await.cloned_since, None);
}

#[tokio::test]
async fn what_two_machines_told_is_forgotten_with_the_past() {
    let (fleet, host) = two_machines().await;
    fleet.pass(4000);
    from(&fleet, &host, "b").await;
    fleet.pass(10_000);
    from(&fleet, &host, "b").await;
    fleet.drop_older(fleet.now()).await;
    let request = FindRequest {
        at: Some(at(1000)),
        ..named("x")
    };
    let coverage = fleet.find(request).await.coverage;
    assert_eq!(coverage.cloned_hosts, 0);
    assert!(coverage.kept_since.is_some() && !coverage.complete);
}
