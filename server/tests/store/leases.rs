//! Leases: who gets an image to scan, and when it is given again.

use proto_types::{FailureCause, FullReport, ScanOutcome};

use crate::common::{complete, deb, fleet::*, full, image, partial, started};

/// How long a lease holds, in seconds.
const TTL: i64 = 30 * 60;

#[tokio::test]
async fn an_image_that_nobody_scanned_is_leased_to_who_reports_it_first() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let response = fleet.full(&web, &[("a", 1)]).await;
    assert_eq!(response.scan_images, [image(1)]);
    let lease = &response.leases[0];
    assert_eq!((lease.image_digest, lease.generation), (image(1), 1));
    assert_eq!(lease.ttl_seconds, 1800);
    assert!(lease.lease.len() > 32, "a lease can't be guessed");
    let held = fleet.image(1).await.lease.unwrap();
    assert_eq!((held.host.as_str(), held.generation), ("web", 1));
}

#[tokio::test]
async fn an_update_is_answered_with_a_lease_too() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let response = fleet.update(&web, started("a", 1)).await.unwrap();
    assert_eq!(response.scan_images, [image(1)]);
}

#[tokio::test]
async fn a_host_holds_at_most_two_leases_and_gets_more_as_it_uploads() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let running = [("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 5)];
    let mut seen = Vec::new();
    for round in 0..3 {
        let response = fleet.full(&web, &running).await;
        let images: Vec<_> = response.leases.iter().map(|l| l.image_digest).collect();
        assert_eq!(images, response.scan_images);
        assert_eq!(images.len(), if round < 2 { 2 } else { 1 });
        for lease in &response.leases {
            let on = lease.image_digest.as_bytes()[0];
            seen.push(on);
            fleet.upload(&web, lease, complete(on, &[])).await.unwrap();
        }
    }
    seen.sort_unstable();
    assert_eq!(seen, [1, 2, 3, 4, 5]);
    assert!(fleet.full(&web, &running).await.leases.is_empty());
}

#[tokio::test]
async fn leases_on_what_a_host_no_longer_runs_count_towards_its_two() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[("a", 1), ("b", 2)]).await;
    assert!(fleet.full(&web, &[("c", 3)]).await.leases.is_empty());
    fleet.pass(TTL);
    assert_eq!(fleet.full(&web, &[("c", 3)]).await.scan_images, [image(3)]);
}

#[tokio::test]
async fn the_holder_that_reports_again_gets_its_live_lease_again() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let first = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    fleet.pass(100);
    let again = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    assert_eq!((&again.lease, again.generation), (&first.lease, 1));
    assert_eq!(again.ttl_seconds, 1700, "what is left of it");
}

#[tokio::test]
async fn another_host_gets_nothing_while_the_lease_is_live() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    fleet.pass(TTL - 1);
    let response = fleet.full(&db, &[("a", 1)]).await;
    assert!(response.leases.is_empty() && response.scan_images.is_empty());
}

#[tokio::test]
async fn a_lease_that_ran_out_goes_to_the_next_host_at_once() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    let first = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    fleet.pass(TTL);
    let next = fleet.full(&db, &[("a", 1)]).await.leases.remove(0);
    assert_eq!(next.generation, 2);
    assert_ne!(next.lease, first.lease);
    let failures = fleet.image(1).await.failures;
    assert_eq!(
        failures.len(),
        1,
        "an agent that was killed reports nothing"
    );
    assert_eq!(failures[0].cause, FailureCause::Expired);
    assert!(failures[0].counted);
    assert_eq!(failures[0].host, "web");
}

#[tokio::test]
async fn a_lease_that_ends_further_ahead_than_any_can_is_from_before_the_clock_was_set_back() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    fleet.pass(-3600);
    assert!(fleet.image(1).await.lease.is_none());
    let next = fleet.full(&db, &[("a", 1)]).await.leases.remove(0);
    assert_eq!(next.generation, 2);
}

#[tokio::test]
async fn an_image_with_a_complete_sbom_is_never_leased() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    fleet.run(&web, &[("a", 1)], &[deb("x", "1")]).await;
    assert!(fleet.full(&db, &[("a", 1)]).await.leases.is_empty());
}

#[tokio::test]
async fn an_image_with_a_partial_sbom_is_given_again_after_its_back_off() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    fleet.upload(&web, &lease, partial(1, &[])).await.unwrap();
    assert!(fleet.full(&web, &[("a", 1)]).await.leases.is_empty());
    fleet.pass(20 * 60);
    let again = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    assert_eq!(again.generation, 2);
    let done = fleet.upload(&web, &again, complete(1, &[])).await;
    assert_eq!(done.unwrap(), ScanOutcome::Stored);
}

#[tokio::test]
async fn a_failed_image_is_never_given_before_a_fresh_one() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    for lease in fleet.full(&web, &[("a", 1), ("b", 2)]).await.leases {
        fleet.fail(&web, &lease, FailureCause::Image).await.unwrap();
    }
    fleet.pass(86_400);
    let running = [("a", 1), ("b", 2), ("c", 3), ("d", 4)];
    let mut given = fleet.full(&db, &running).await.scan_images;
    given.sort_unstable();
    assert_eq!(given, [image(3), image(4)]);
    assert_eq!(fleet.full(&web, &running).await.scan_images.len(), 2);
}

#[tokio::test]
async fn an_image_that_failed_by_its_hosts_own_trouble_comes_after_fresh_ones_too() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    fleet
        .fail(&web, &lease, FailureCause::Environment)
        .await
        .unwrap();
    fleet.pass(60);
    let running = [("a", 1), ("b", 2), ("c", 3)];
    let given = fleet.full(&web, &running).await.scan_images;
    assert_eq!(given, [image(2), image(3)]);
}

#[tokio::test]
async fn leases_of_a_removed_host_end_with_it() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    fleet.store.remove_host("web".to_owned()).await.unwrap();
    let next = fleet.full(&db, &[("a", 1)]).await.leases.remove(0);
    assert_eq!(next.generation, 2);
}

#[tokio::test]
async fn a_host_whose_scanner_does_not_work_is_given_nothing_and_holds_nobody_up() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    let report = |scanner: Option<&str>| FullReport {
        scanner: scanner.map(str::to_owned),
        detail: model::detail::KEPT,
        ..full(&[("a", 1)])
    };
    let works = fleet.report(&web, report(Some("syft 1.18.1"))).await;
    assert_eq!(works.unwrap().scan_images, [image(1)]);
    let broken = fleet.report(&db, report(None)).await.unwrap();
    assert!(broken.scan_images.is_empty());
    fleet.pass(3600);
    let broken = fleet.report(&web, report(None)).await.unwrap();
    assert!(broken.scan_images.is_empty());
    let works = fleet.report(&db, report(Some("syft 1.18.1"))).await;
    assert_eq!(works.unwrap().scan_images, [image(1)]);
}

#[tokio::test]
async fn an_incomplete_report_is_leased_what_it_lists_all_the_same() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let report = FullReport {
        complete: false,
        ..full(&[("a", 1)])
    };
    let response = fleet.report(&web, report).await.unwrap();
    assert_eq!(response.scan_images, [image(1)]);
}
