//! Scans for more detail: an SBOM of an agent that kept less is made again by one that keeps more,
//! after everything else, and never replaced by a lesser one.

use assetmon_server::store::{HostIdentity, sbom::Sbom};
use model::detail::KEPT;
use proto_types::{Artifact, ImageState, Lease, ScanOutcome, ScanReport, ScanStatus};

use crate::common::{self, deb, fleet::*, full, image, scan, started};

/// A package as an agent tells it that keeps so much of it.
fn package(name: &str, detail: u32) -> Artifact {
    Artifact {
        licenses: (0..detail).map(|n| format!("license {n}")).collect(),
        ..deb(name, "1")
    }
}

fn sbom(on: u8, names: &[&str], detail: u32, status: ScanStatus) -> Sbom {
    let artifacts: Vec<_> = names.iter().map(|name| package(name, detail)).collect();
    let report = scan(on, &artifacts, status);
    common::sbom(ScanReport { detail, ..report })
}

fn complete(on: u8, names: &[&str], detail: u32) -> Sbom {
    sbom(on, names, detail, ScanStatus::Complete)
}

/// What a host is given to scan when it says how much its agent keeps.
async fn given(
    fleet: &Fleet,
    host: &HostIdentity,
    containers: &[(&str, u8)],
    detail: u32,
) -> Vec<Lease> {
    let mut report = full(containers);
    report.detail = detail;
    report.scanner = Some("syft 1.0".to_owned());
    fleet.report(host, report).await.unwrap().leases
}

/// A fleet whose image 1 has an SBOM of `a` and `b` from an agent of the first release.
async fn scanned_before() -> (Fleet, [HostIdentity; 2]) {
    let (fleet, hosts) = Fleet::of(["web", "db"]).await;
    let leases = given(&fleet, &hosts[0], &[("x", 1)], 0).await;
    let upload = fleet.upload(&hosts[0], &leases[0], complete(1, &["a", "b"], 0));
    assert_eq!(upload.await.unwrap(), ScanOutcome::Stored);
    fleet.pass(60);
    (fleet, hosts)
}

fn images(leases: &[Lease]) -> Vec<u8> {
    leases
        .iter()
        .map(|l| l.image_digest.as_bytes()[0])
        .collect()
}

#[tokio::test]
async fn an_image_of_less_detail_is_given_to_an_agent_that_keeps_more_and_to_no_other() {
    let (fleet, [web, db]) = scanned_before().await;
    assert!(given(&fleet, &web, &[("x", 1)], 0).await.is_empty());
    let leases = given(&fleet, &db, &[("x", 1)], KEPT).await;
    assert_eq!(images(&leases), [1]);
    let upload = fleet.upload(&db, &leases[0], complete(1, &["a", "b"], KEPT));
    assert_eq!(upload.await.unwrap(), ScanOutcome::Stored);
    let held = [package("a", KEPT), package("b", KEPT)];
    assert_eq!(fleet.image(1).await.artifacts, held);
    assert!(given(&fleet, &db, &[("x", 1)], KEPT).await.is_empty());
    assert!(given(&fleet, &web, &[("x", 1)], 0).await.is_empty());
}

#[tokio::test]
async fn an_update_gets_it_too() {
    let (fleet, [_, db]) = scanned_before().await;
    let mut update = started("x", 1);
    update.detail = KEPT;
    update.scanner = Some("syft 1.0".to_owned());
    let response = fleet.update(&db, update).await.unwrap();
    assert_eq!(response.scan_images, [image(1)]);
}

#[tokio::test]
async fn it_comes_after_fresh_images_and_failed_ones() {
    let (fleet, [_, db]) = scanned_before().await;
    let running = [("x", 1), ("y", 2), ("z", 3)];
    let leases = given(&fleet, &db, &running, KEPT).await;
    assert_eq!(images(&leases), [2, 3]);
    for lease in &leases {
        let partial = sbom(
            lease.image_digest.as_bytes()[0],
            &[],
            KEPT,
            ScanStatus::Partial,
        );
        fleet.upload(&db, lease, partial).await.unwrap();
    }
    fleet.pass(7200);
    let leases = given(&fleet, &db, &running, KEPT).await;
    assert_eq!(images(&leases), [2, 3], "a partial SBOM lacks more");
    for lease in &leases {
        let whole = complete(lease.image_digest.as_bytes()[0], &[], KEPT);
        fleet.upload(&db, lease, whole).await.unwrap();
    }
    assert_eq!(images(&given(&fleet, &db, &running, KEPT).await), [1]);
}

#[tokio::test]
async fn while_it_waits_its_sbom_is_an_answer_and_complete() {
    let (fleet, [_, db]) = scanned_before().await;
    given(&fleet, &db, &[("x", 1)], KEPT).await;
    let found = fleet.find(named("nothing")).await;
    assert!(found.coverage.complete);
    assert_eq!(fleet.image(1).await.summary.state, ImageState::Complete);
    let counts = fleet.store.status(fleet.now()).await.unwrap().counts;
    assert_eq!((counts.rescan_images, counts.queued_images), (1, 0));
}

#[tokio::test]
async fn less_detail_never_replaces_more_and_is_no_conflict() {
    let (fleet, [_, db]) = scanned_before().await;
    let leases = given(&fleet, &db, &[("x", 1)], KEPT).await;
    let upload = fleet.upload(&db, &leases[0], complete(1, &["a", "b"], KEPT));
    upload.await.unwrap();
    let older = fleet.upload(&db, &leases[0], complete(1, &["a", "b"], 0));
    assert_eq!(older.await.unwrap(), ScanOutcome::AlreadyKnown);
    let detail = fleet.image(1).await;
    assert_eq!(detail.artifacts[0], package("a", KEPT));
    assert!(detail.conflicts.is_empty());
}

#[tokio::test]
async fn a_scan_that_lists_less_is_a_conflict_and_not_tried_for_ever() {
    let (fleet, [_, db]) = scanned_before().await;
    for tries in 1..=5 {
        let leases = given(&fleet, &db, &[("x", 1)], KEPT).await;
        assert_eq!(images(&leases), [1], "try {tries}");
        let upload = fleet.upload(&db, &leases[0], complete(1, &["a", "new"], KEPT));
        assert_eq!(upload.await.unwrap(), ScanOutcome::Conflict);
        assert!(given(&fleet, &db, &[("x", 1)], KEPT).await.is_empty());
        fleet.pass(86_400);
    }
    assert!(given(&fleet, &db, &[("x", 1)], KEPT).await.is_empty());
    let detail = fleet.image(1).await;
    assert_eq!(detail.artifacts, [package("a", 0), package("b", 0)]);
    assert_eq!(detail.conflicts.len(), 1);
    assert_eq!(detail.failures.len(), 5);
    let status = fleet.store.status(fleet.now()).await.unwrap();
    assert_eq!(status.counts.quarantined_images, 0, "its SBOM is complete");
    assert!(status.quarantined.is_empty());
}

#[tokio::test]
async fn a_partial_scan_replaces_nothing() {
    let (fleet, [_, db]) = scanned_before().await;
    let leases = given(&fleet, &db, &[("x", 1)], KEPT).await;
    let partial = sbom(1, &["a", "b", "c"], KEPT, ScanStatus::Partial);
    let outcome = fleet.upload(&db, &leases[0], partial).await.unwrap();
    assert_eq!(outcome, ScanOutcome::AlreadyKnown);
    assert_eq!(fleet.image(1).await.artifacts.len(), 2);
    assert!(given(&fleet, &db, &[("x", 1)], KEPT).await.is_empty());
}

#[tokio::test]
async fn an_image_without_any_artifact_is_scanned_for_detail_once() {
    let (fleet, [web, _]) = Fleet::of(["web", "db"]).await;
    let leases = given(&fleet, &web, &[("x", 1)], 0).await;
    fleet
        .upload(&web, &leases[0], complete(1, &[], 0))
        .await
        .unwrap();
    let leases = given(&fleet, &web, &[("x", 1)], KEPT).await;
    let upload = fleet.upload(&web, &leases[0], complete(1, &[], KEPT));
    assert_eq!(upload.await.unwrap(), ScanOutcome::Stored);
    assert!(given(&fleet, &web, &[("x", 1)], KEPT).await.is_empty());
}
