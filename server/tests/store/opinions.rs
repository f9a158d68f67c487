//! Second opinions: images that one host scanned are scanned again by another, and what that finds is
//! shown beside the SBOM, never in its place.

use assetmon_server::store::{HostIdentity, Rules};
use model::lease::SecondOpinions;
use proto_types::{
    ContainerReport, FailureCause, FullReport, ImageState, Opinion, ScanOutcome, ScanReport,
    ScanStatus,
};

use crate::common::{complete, deb, fleet::*, full, image, partial, sbom, scan, started};

/// A fleet in which every image is scanned twice.
async fn fleet() -> (Fleet, [HostIdentity; 3]) {
    let rules = Rules {
        second_opinions: SecondOpinions::new(1.0).unwrap(),
        ..Rules::default()
    };
    let fleet = Fleet::by(rules);
    let mut hosts = Vec::new();
    for name in ["web", "db", "mail"] {
        hosts.push(fleet.enroll(name).await);
    }
    (fleet, hosts.try_into().unwrap())
}

/// `x`, as a host scanned it that runs the image; the lease of the next that does.
async fn second(fleet: &Fleet, [one, other]: [&HostIdentity; 2]) -> proto_types::Lease {
    let lease = fleet.full(one, &[("a", 1)]).await.leases.remove(0);
    let first = fleet.upload(one, &lease, complete(1, &[deb("x", "1")]));
    assert_eq!(first.await.unwrap(), ScanOutcome::Stored);
    assert_eq!(fleet.full(one, &[("a", 1)]).await.leases, [], "its own");
    fleet.full(other, &[("a", 1)]).await.leases.remove(0)
}

async fn opinion(fleet: &Fleet) -> (Opinion, Option<String>) {
    let said = fleet.image(1).await.summary.second_opinion.unwrap();
    (said.opinion, said.host)
}

/// `y` in place of `x`, as a scanner finds it.
fn other(scanner: &str) -> assetmon_server::store::sbom::Sbom {
    sbom(ScanReport {
        scanner: Some(scanner.to_owned()),
        ..scan(1, &[deb("y", "1")], ScanStatus::Complete)
    })
}

#[tokio::test]
async fn another_host_that_finds_the_same_confirms_it() {
    let (fleet, [web, db, mail]) = fleet().await;
    let lease = second(&fleet, [&web, &db]).await;
    assert_eq!(opinion(&fleet).await, (Opinion::Unconfirmed, None));
    fleet.pass(60);
    let same = fleet.upload(&db, &lease, complete(1, &[deb("x", "1")]));
    assert_eq!(same.await.unwrap(), ScanOutcome::AlreadyKnown);
    let shown = fleet.image(1).await.summary;
    assert_eq!(shown.scanned_by.as_deref(), Some("web"));
    let said = shown.second_opinion.unwrap();
    assert_eq!(
        (said.opinion, said.at),
        (Opinion::Confirmed, Some(fleet.now()))
    );
    assert_eq!(said.host.as_deref(), Some("db"));
    assert_eq!(said.scanner, shown.scanner);
    for host in [&web, &db, &mail] {
        assert_eq!(fleet.full(host, &[("a", 1)]).await.leases, [], "two do");
    }
}

#[tokio::test]
async fn another_set_of_artifacts_by_the_same_scanner_is_a_conflict_that_both_hosts_are_shown_with()
{
    let (fleet, [web, db, mail]) = fleet().await;
    let lease = second(&fleet, [&web, &db]).await;
    let outcome = fleet.upload(&db, &lease, other("syft 1.0")).await;
    assert_eq!(outcome.unwrap(), ScanOutcome::Conflict);
    let said = (Opinion::Conflict, Some("db".to_owned()));
    assert_eq!(opinion(&fleet).await, said);
    let status = fleet.store.status(fleet.now()).await.unwrap();
    assert_eq!(status.counts.conflicting_images, 1);
    let one = &status.conflicts[0];
    assert_eq!((one.digest, one.containers), (image(1), 2));
    assert_eq!((one.scanned_by.as_str(), one.host.as_str()), ("web", "db"));
    assert_eq!(one.scanner.as_deref(), Some("syft 1.0"));
    let what = fleet.image(1).await.conflicts.remove(0);
    assert_eq!(
        (what.host.as_str(), what.only_there, what.only_here),
        ("db", 1, 1)
    );
    assert_eq!(what.examples_there, ["deb y 1"]);
    assert_eq!(what.examples_here, ["deb x 1"]);
    assert_eq!(fleet.find(named("x")).await.total, 2, "never an overwrite");
    assert_eq!(fleet.full(&mail, &[("a", 1)]).await.leases, []);
}

#[tokio::test]
async fn what_another_version_of_the_scanner_finds_is_no_conflict_and_the_same_one_settles_it() {
    let (fleet, [web, db, mail]) = fleet().await;
    let lease = second(&fleet, [&web, &db]).await;
    fleet.upload(&db, &lease, other("syft 2.0")).await.unwrap();
    let shown = fleet.image(1).await.summary;
    let said = shown.second_opinion.unwrap();
    assert_eq!(said.opinion, Opinion::Differs);
    assert_eq!(
        (shown.scanner.as_deref(), said.scanner.as_deref()),
        (Some("syft 1.0"), Some("syft 2.0"))
    );
    let status = fleet.store.status(fleet.now()).await.unwrap();
    let counts = (
        status.counts.conflicting_images,
        status.counts.differing_images,
    );
    assert_eq!(counts, (0, 1));
    let with = |scanner: &str| FullReport {
        scanner: Some(scanner.to_owned()),
        ..full(&[("a", 1)])
    };
    let by_newer = fleet.report(&mail, with("syft 2.0")).await.unwrap();
    assert_eq!(by_newer.leases, []);
    let by_same = fleet.report(&mail, with("syft 1.0")).await.unwrap();
    let lease = &by_same.leases[0];
    let same = fleet.upload(&mail, lease, complete(1, &[deb("x", "1")]));
    assert_eq!(same.await.unwrap(), ScanOutcome::AlreadyKnown);
    assert_eq!(opinion(&fleet).await.0, Opinion::Confirmed);
}

#[tokio::test]
async fn an_image_in_dispute_is_called_as_most_hosts_call_it() {
    let (fleet, [web, db, mail]) = fleet().await;
    let lease = second(&fleet, [&web, &db]).await;
    fleet.full(&mail, &[("a", 1)]).await;
    fleet.upload(&db, &lease, other("syft 1.0")).await.unwrap();
    let mut renamed = full(&[("a", 1), ("b", 1)]);
    for container in &mut renamed.containers {
        "EVIL".clone_into(&mut container.image_name);
    }
    fleet.report(&db, renamed).await.unwrap();
    let status = fleet.store.status(fleet.now()).await.unwrap();
    let names: Vec<_> = status.conflicts.iter().map(|one| &one.image_name).collect();
    assert_eq!(names, ["example.org/image1:1"]);
}

#[tokio::test]
async fn a_rescan_that_is_asked_for_waits_for_no_second_opinion_that_fails() {
    let (fleet, [web, db, _]) = fleet().await;
    let lease = second(&fleet, [&web, &db]).await;
    fleet.store.rescan_image(image(1)).await.unwrap();
    fleet.fail(&db, &lease, FailureCause::Image).await.unwrap();
    fleet.pass(30 * 60);
    let again = fleet.full(&web, &[("a", 1)]).await.leases;
    assert_eq!(again.len(), 1, "within the back-off of any scan");
}

#[tokio::test]
async fn a_second_opinion_comes_after_every_first_scan() {
    let (fleet, [web, db, _]) = fleet().await;
    fleet.run(&web, &[("a", 1)], &[]).await;
    let given = fleet.full(&db, &[("a", 1), ("b", 2), ("c", 3)]).await;
    assert_eq!(given.scan_images, [image(2), image(3)]);
}

#[tokio::test]
async fn a_partial_second_opinion_says_nothing_and_leaves_the_sbom_complete() {
    let (fleet, [web, db, _]) = fleet().await;
    let lease = second(&fleet, [&web, &db]).await;
    fleet.upload(&db, &lease, partial(1, &[])).await.unwrap();
    assert_eq!(opinion(&fleet).await.0, Opinion::Unconfirmed);
    assert_eq!(fleet.image(1).await.summary.state, ImageState::Complete);
    let status = fleet.store.status(fleet.now()).await.unwrap();
    assert_eq!(status.quarantined, []);
}

#[tokio::test]
async fn second_opinions_that_fail_quarantine_no_image_however_many_there_are() {
    let (fleet, [web, db, mail]) = fleet().await;
    fleet.run(&web, &[("a", 1)], &[deb("x", "1")]).await;
    for host in [&db, &mail, &db, &mail, &db, &mail] {
        let lease = fleet.full(host, &[("a", 1)]).await.leases.remove(0);
        let failed = fleet.fail(host, &lease, FailureCause::Image).await;
        assert!(!failed.unwrap(), "it isn't quarantined");
        assert_eq!(fleet.full(host, &[("a", 1)]).await.leases, [], "for a day");
        fleet.pass(86_400);
    }
    let shown = fleet.image(1).await;
    assert_eq!(shown.summary.state, ImageState::Complete);
    assert!(shown.failures.iter().all(|failed| !failed.counted));
    assert_eq!(opinion(&fleet).await, (Opinion::Unconfirmed, None));
}

#[tokio::test]
async fn an_update_asks_for_a_second_opinion_too() {
    let (fleet, [web, db, _]) = fleet().await;
    fleet.run(&web, &[("a", 1)], &[]).await;
    let update = ContainerReport {
        scanner: Some("syft 1.0".to_owned()),
        ..started("b", 1)
    };
    assert_eq!(fleet.update(&db, update).await.unwrap().leases.len(), 1);
}

#[tokio::test]
async fn what_a_host_said_of_others_sboms_is_withdrawn_with_its_own() {
    let (fleet, [web, db, mail]) = fleet().await;
    let lease = second(&fleet, [&web, &db]).await;
    fleet.upload(&db, &lease, other("syft 1.0")).await.unwrap();
    let by = || "ops".to_owned();
    let withdrawn = fleet.store.withdraw_host("db".to_owned(), by()).await;
    assert_eq!(withdrawn.unwrap(), 0, "no SBOM is db's");
    assert_eq!(opinion(&fleet).await, (Opinion::Unconfirmed, None));
    assert_eq!(fleet.image(1).await.conflicts, []);
    let lease = fleet.full(&mail, &[("a", 1)]).await.leases.remove(0);
    let same = fleet.upload(&mail, &lease, complete(1, &[deb("x", "1")]));
    same.await.unwrap();
    // And one whose own SBOM is withdrawn has nothing confirmed any more.
    fleet.store.withdraw_image(image(1), by()).await.unwrap();
    assert_eq!(fleet.image(1).await.summary.second_opinion, None);
}

#[tokio::test]
async fn a_host_that_uploads_variants_without_end_fills_no_table_and_hides_no_other() {
    let (fleet, [web, db, mail]) = fleet().await;
    let lease = second(&fleet, [&web, &db]).await;
    for number in 0..40 {
        let variant = complete(1, &[deb(&format!("y{number}"), "1")]);
        let outcome = fleet.upload(&db, &lease, variant).await;
        assert_eq!(outcome.unwrap(), ScanOutcome::Conflict);
    }
    let kept = fleet.image(1).await.conflicts;
    assert_eq!(kept.len(), 4);
    fleet.store.rescan_image(image(1)).await.unwrap();
    let lease = fleet.full(&mail, &[("a", 1)]).await.leases.remove(0);
    assert_eq!(lease.generation, 3);
}

#[tokio::test]
async fn an_image_that_is_to_be_scanned_again_keeps_its_sbom_until_the_new_one_is_in() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.run(&web, &[("a", 1)], &[deb("x", "1")]).await;
    assert_eq!(fleet.full(&web, &[("a", 1)]).await.leases, []);
    fleet.store.rescan_image(image(1)).await.unwrap();
    assert_eq!(fleet.find(named("x")).await.total, 1);
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let outcome = fleet.upload(&web, &lease, other("syft 2.0")).await;
    assert_eq!(outcome.unwrap(), ScanOutcome::Stored);
    assert_eq!(fleet.find(named("x")).await.total, 0);
    assert_eq!(fleet.find(named("y")).await.total, 1);
    assert_eq!(fleet.full(&web, &[("a", 1)]).await.leases, []);
}

#[tokio::test]
async fn a_rescan_settles_a_conflict_and_the_new_sbom_is_compared_anew() {
    let (fleet, [web, db, mail]) = fleet().await;
    let lease = second(&fleet, [&web, &db]).await;
    fleet.upload(&db, &lease, other("syft 1.0")).await.unwrap();
    fleet.store.rescan_image(image(1)).await.unwrap();
    assert_eq!(opinion(&fleet).await.0, Opinion::Conflict, "until it is in");
    let lease = fleet.full(&mail, &[("a", 1)]).await.leases.remove(0);
    let new = fleet.upload(&mail, &lease, other("syft 1.0")).await;
    assert_eq!(new.unwrap(), ScanOutcome::Stored);
    assert_eq!(opinion(&fleet).await, (Opinion::Unconfirmed, None));
    assert_eq!(fleet.image(1).await.conflicts, []);
    assert_eq!(fleet.full(&mail, &[("a", 1)]).await.leases, [], "its own");
    let lease = fleet.full(&db, &[("a", 1)]).await.leases.remove(0);
    fleet.upload(&db, &lease, other("syft 1.0")).await.unwrap();
    let said = (Opinion::Confirmed, Some("db".to_owned()));
    assert_eq!(opinion(&fleet).await, said);
}

#[tokio::test]
async fn a_partial_sbom_is_not_replaced_by_one_that_misses_a_package_of_it() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    let old = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let vulnerable = partial(1, &[deb("vulnerable", "1")]);
    fleet.upload(&web, &old, vulnerable).await.unwrap();
    fleet.pass(3600);
    let lease = fleet.full(&db, &[("a", 1)]).await.leases.remove(0);
    let harmless = partial(1, &[deb("harmless", "1")]);
    let outcome = fleet.upload(&db, &lease, harmless).await;
    assert_eq!(outcome.unwrap(), ScanOutcome::Conflict);
    assert_eq!(fleet.find(named("vulnerable")).await.total, 2);
}
