//! Coverage: how much an answer can know, now and in the past.

use proto_types::{Coverage, During, FailureCause, Field, FindRequest, FullReport, Match, Op};

use crate::common::{at, complete, fleet::*, full, partial};

async fn now(fleet: &Fleet) -> Coverage {
    fleet.find(named("x")).await.coverage
}

async fn then(fleet: &Fleet, seconds: i64) -> Coverage {
    let request = FindRequest {
        at: Some(at(seconds)),
        ..named("x")
    };
    fleet.find(request).await.coverage
}

async fn during(fleet: &Fleet, from: i64, to: i64) -> Coverage {
    let request = FindRequest {
        during: Some(During {
            from: at(from),
            to: at(to),
        }),
        ..named("x")
    };
    fleet.find(request).await.coverage
}

#[tokio::test]
async fn coverage_is_complete_when_every_host_reports_and_every_image_is_scanned() {
    let (fleet, [web, _db]) = Fleet::of(["web", "db"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let before = now(&fleet).await;
    assert_eq!((before.hosts, before.silent_hosts), (2, 1));
    assert_eq!((before.running_images, before.images_without_sbom), (1, 1));
    assert!(!before.complete);
    fleet.upload(&web, &lease, complete(1, &[])).await.unwrap();
    assert!(!now(&fleet).await.complete, "the other one never reported");
    let removed = fleet.store.remove_host("db".to_owned());
    removed.await.unwrap();
    let after = now(&fleet).await;
    assert_eq!((after.hosts, after.running_images), (1, 1));
    assert!(after.complete);
}

#[tokio::test]
async fn a_host_falls_silent_an_hour_after_its_last_report() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[]).await;
    fleet.pass(3600);
    assert!(now(&fleet).await.complete);
    fleet.pass(1);
    let silent = now(&fleet).await;
    assert_eq!((silent.silent_hosts, silent.complete), (1, false));
}

#[tokio::test]
async fn a_report_from_long_after_now_is_from_before_the_clock_was_set_back() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[]).await;
    fleet.pass(-10 * 365 * 86_400);
    assert_eq!(
        now(&fleet).await.silent_hosts,
        1,
        "it may be gone for years"
    );
    let host = fleet.store.host("web".to_owned(), fleet.now()).await;
    assert_eq!(host.unwrap().state, proto_types::HostState::Silent);
    fleet.full(&web, &[]).await;
    assert!(now(&fleet).await.complete);
}

#[tokio::test]
async fn an_incomplete_listing_is_not_covered_until_a_complete_one_comes() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let incomplete = FullReport {
        complete: false,
        ..full(&[])
    };
    fleet.report(&web, incomplete).await.unwrap();
    let coverage = now(&fleet).await;
    assert_eq!((coverage.incomplete_hosts, coverage.complete), (1, false));
    fleet.full(&web, &[]).await;
    assert!(now(&fleet).await.complete);
}

#[tokio::test]
async fn a_partial_sbom_is_not_covered() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    fleet.upload(&web, &lease, partial(1, &[])).await.unwrap();
    let coverage = now(&fleet).await;
    assert_eq!((coverage.images_partial, coverage.complete), (1, false));
    assert_eq!(coverage.images_without_sbom, 0);
}

#[tokio::test]
async fn an_unscanned_image_that_stopped_is_not_waited_for() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let failed = fleet.fail(&web, &lease, FailureCause::Image).await;
    failed.unwrap();
    fleet.pass(10);
    fleet.full(&web, &[]).await;
    assert!(now(&fleet).await.complete);
    let past = then(&fleet, 5).await;
    assert_eq!((past.images_without_sbom, past.complete), (1, false));
}

#[tokio::test]
async fn in_the_past_a_host_was_not_there_before_it_enrolled() {
    let fleet = Fleet::new();
    fleet.pass(100);
    let web = fleet.enroll("web").await;
    fleet.full(&web, &[]).await;
    assert_eq!(then(&fleet, 99).await.hosts, 0);
    assert_eq!(then(&fleet, 100).await.hosts, 1);
    assert!(then(&fleet, 100).await.complete);
}

#[tokio::test]
async fn in_the_past_a_host_was_silent_before_its_first_report() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.pass(7200);
    fleet.full(&web, &[]).await;
    assert_eq!(then(&fleet, 60).await.silent_hosts, 1);
    assert_eq!(then(&fleet, 7200).await.silent_hosts, 0);
    let across = during(&fleet, 60, 7300).await;
    assert_eq!(across.silent_hosts, 1, "what ran at 60 is not known");
}

#[tokio::test]
async fn in_the_past_a_silence_is_remembered_after_it_ended() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[]).await;
    fleet.pass(10_000);
    fleet.full(&web, &[]).await;
    fleet.pass(600);
    fleet.full(&web, &[]).await;
    assert!(now(&fleet).await.complete);
    assert_eq!(then(&fleet, 5000).await.silent_hosts, 1);
    assert_eq!(then(&fleet, 10_300).await.silent_hosts, 0);
    assert_eq!(during(&fleet, 9000, 10_300).await.silent_hosts, 1);
    assert_eq!(during(&fleet, 10_001, 10_300).await.silent_hosts, 0);
}

#[tokio::test]
async fn in_the_past_a_silence_that_goes_on_counts_from_the_last_report() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[]).await;
    fleet.pass(100);
    fleet.full(&web, &[]).await;
    fleet.pass(10_000);
    assert_eq!(then(&fleet, 50).await.silent_hosts, 0);
    assert_eq!(then(&fleet, 200).await.silent_hosts, 1);
    assert_eq!(during(&fleet, 50, 200).await.silent_hosts, 1);
}

#[tokio::test]
async fn in_the_past_a_removed_host_was_there_until_it_was_removed() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[]).await;
    fleet.pass(100);
    let removed = fleet.store.remove_host("web".to_owned());
    removed.await.unwrap();
    assert_eq!(then(&fleet, 99).await.hosts, 1);
    assert_eq!(then(&fleet, 100).await.hosts, 0);
}

#[tokio::test]
async fn in_the_past_images_that_ran_are_covered_even_where_the_clock_was_set_back() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    fleet.pass(100);
    fleet.full(&web, &[]).await;
    fleet.pass(-86_400);
    fleet.full(&web, &[("a", 1)]).await;
    fleet.pass(100);
    fleet.full(&web, &[]).await;
    for seconds in [50, 150 - 86_400] {
        let past = then(&fleet, seconds).await;
        assert_eq!(past.images_without_sbom, 1, "at {seconds}");
    }
}

async fn about(fleet: &Fleet, op: Op, host: &str) -> Coverage {
    let mut request = named("x");
    request.matches.push(Match {
        field: Field::Host,
        op,
        value: host.to_owned(),
    });
    fleet.find(request).await.coverage
}

#[tokio::test]
async fn an_answer_about_some_hosts_covers_those_and_no_others() {
    let (fleet, [web, _db]) = Fleet::of(["web", "db"]).await;
    fleet.run(&web, &[("a", 1)], &[]).await;
    assert!(!now(&fleet).await.complete, "db never reported");
    for (op, host) in [(Op::Eq, "web"), (Op::Glob, "w*"), (Op::Ne, "db")] {
        let of_web = about(&fleet, op, host).await;
        assert_eq!((of_web.hosts, of_web.silent_hosts), (1, 0), "{op:?} {host}");
        assert!(of_web.complete, "{op:?} {host}");
    }
    for (op, host) in [(Op::Eq, "db"), (Op::Glob, "*b"), (Op::Ne, "nobody")] {
        let of_db = about(&fleet, op, host).await;
        assert_eq!(
            (of_db.silent_hosts, of_db.complete),
            (1, false),
            "{op:?} {host}"
        );
    }
    let of_nobody = about(&fleet, Op::Eq, "wbe").await;
    assert_eq!(
        (of_nobody.hosts, of_nobody.complete),
        (0, false),
        "a typo proves nothing"
    );
}

#[tokio::test]
async fn what_is_not_scanned_on_an_asked_host_is_a_gap_of_the_answer() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    fleet.run(&db, &[("b", 2)], &[]).await;
    let of_web = about(&fleet, Op::Eq, "web").await;
    assert_eq!((of_web.images_without_sbom, of_web.complete), (1, false));
    assert!(about(&fleet, Op::Eq, "db").await.complete);
}

#[tokio::test]
async fn silent_hosts_are_named_where_they_are_few() {
    let names = ["a", "b", "c", "d", "e"];
    let (fleet, [a, b, c, _, _]) = Fleet::of(names).await;
    let silent = async || fleet.find(named("x")).await.silent;
    assert!(silent().await.is_empty(), "five are too many");
    fleet.full(&b, &[]).await;
    assert_eq!(silent().await, ["a", "c", "d", "e"]);
    fleet.full(&a, &[]).await;
    fleet.full(&c, &[]).await;
    let mut of_some = named("x");
    of_some.matches.push(Match {
        field: Field::Host,
        op: Op::Ne,
        value: "d".to_owned(),
    });
    assert_eq!(fleet.find(of_some).await.silent, ["e"]);
    let then = FindRequest {
        at: Some(at(0)),
        ..named("x")
    };
    assert!(
        fleet.find(then).await.silent.is_empty(),
        "of the past there is a count"
    );
}
