//! Quarantine: an image that fails too often is not tried again unasked.

use assetmon_server::store::HostIdentity;
use model::lease::Failure;
use proto_types::{FailureCause, FullReport, ImageState, Lease, ListImages, ReportResponse};

use crate::common::{complete, deb, fleet::*, full, image, partial, without_room};

/// A report from a host with this scanner.
async fn report(fleet: &Fleet, host: &HostIdentity, scanner: &str) -> ReportResponse {
    let report = FullReport {
        scanner: Some(scanner.to_owned()),
        ..full(&[("a", 1)])
    };
    fleet.report(host, report).await.unwrap()
}

/// The lease that a host with this scanner gets once every back-off has passed.
async fn lease(fleet: &Fleet, host: &HostIdentity, scanner: &str) -> Option<Lease> {
    fleet.pass(2 * 86_400);
    report(fleet, host, scanner).await.leases.pop()
}

/// Has an image fail on these hosts, one after the other; says which failure quarantined it.
async fn fail_on(fleet: &Fleet, hosts: &[&HostIdentity]) -> Option<usize> {
    for (number, host) in hosts.iter().enumerate() {
        let lease = lease(fleet, host, "syft 1.0").await?;
        let failed = fleet.fail(host, &lease, FailureCause::Image).await;
        if failed.unwrap() {
            return Some(number + 1);
        }
    }
    None
}

#[tokio::test]
async fn three_failures_on_two_hosts_quarantine() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    assert_eq!(fail_on(&fleet, &[&web, &web, &db]).await, Some(3));
}

#[tokio::test]
async fn five_failures_on_one_host_quarantine() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    assert_eq!(fail_on(&fleet, &[&web; 5]).await, Some(5));
}

#[tokio::test]
async fn leases_that_run_out_count_too() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let mut given = 0;
    for _ in 0..20 {
        given += usize::from(lease(&fleet, &web, "syft 1.0").await.is_some());
    }
    assert_eq!(given, 5);
    assert_eq!(fleet.image(1).await.summary.state, ImageState::Quarantined);
}

#[tokio::test]
async fn a_quarantined_image_is_shown_and_not_given_again_unasked() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    fail_on(&fleet, &[&web, &web, &db]).await;
    assert!(lease(&fleet, &web, "syft 1.0").await.is_none());
    assert!(fleet.full(&db, &[("a", 1)]).await.leases.is_empty());
    let status = fleet.store.status(fleet.now()).await.unwrap();
    assert_eq!(status.quarantined[0].digest, image(1));
    assert_eq!(status.quarantined[0].failures, 3);
    assert!(status.queue.is_empty(), "it waits for nothing");
    assert_eq!(status.counts.quarantined_images, 1);
    assert_eq!(status.coverage.images_without_sbom, 1, "nor is it covered");
    let request = ListImages {
        state: Some(ImageState::Quarantined),
        ..Default::default()
    };
    let listed = fleet.store.images(request, fleet.now()).await.unwrap();
    assert_eq!((listed.total, listed.images[0].digest), (1, image(1)));
}

#[tokio::test]
async fn an_image_with_a_partial_sbom_that_was_given_up_is_quarantined_in_every_list() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    while let Some(lease) = lease(&fleet, &web, "syft 1.0").await {
        let some = partial(1, &[deb("a", "1")]);
        fleet.upload(&web, &lease, some).await.unwrap();
    }
    let status = fleet.store.status(fleet.now()).await.unwrap();
    assert_eq!(status.counts.quarantined_images, 1);
    assert_eq!(status.quarantined[0].digest, image(1));
    for (state, total) in [(ImageState::Quarantined, 1), (ImageState::Partial, 0)] {
        let request = ListImages {
            state: Some(state),
            ..Default::default()
        };
        let listed = fleet.store.images(request, fleet.now()).await.unwrap();
        assert_eq!(listed.total, total, "{state}");
        assert!(listed.images.iter().all(|one| one.state == state));
    }
    let known = fleet.image(1).await;
    assert_eq!(known.summary.state, ImageState::Quarantined);
    assert_eq!(known.artifacts, [deb("a", "1")], "what was found is kept");
}

#[tokio::test]
async fn a_quarantined_image_is_given_again_to_a_new_scanner() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fail_on(&fleet, &[&web; 5]).await;
    let again = lease(&fleet, &web, "syft 2.0").await.unwrap();
    assert_eq!(again.generation, 6);
    fleet.upload(&web, &again, complete(1, &[])).await.unwrap();
    assert_eq!(fleet.image(1).await.summary.state, ImageState::Complete);
}

#[tokio::test]
async fn each_scanner_fails_on_a_quarantined_image_once() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    fail_on(&fleet, &[&web, &web, &db]).await;
    let again = lease(&fleet, &web, "syft 2.0").await.unwrap();
    let failed = Failure {
        scanner: Some("syft 2.0".to_owned()),
        ..failure(FailureCause::Image)
    };
    assert!(fleet.fail_with(&web, &again, failed).await.unwrap());
    assert!(lease(&fleet, &web, "syft 2.0").await.is_none());
    let older = lease(&fleet, &db, "syft 1.0").await;
    assert!(older.is_none(), "the older one had its try before");
}

#[tokio::test]
async fn a_new_scanner_that_dies_of_a_quarantined_image_is_not_given_it_again() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fail_on(&fleet, &[&web; 5]).await;
    assert!(lease(&fleet, &web, "syft 2.0").await.is_some());
    // Its agent is killed, and says nothing.
    assert!(lease(&fleet, &web, "syft 2.0").await.is_none());
}

#[tokio::test]
async fn a_hosts_own_trouble_leaves_a_new_scanner_its_try() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fail_on(&fleet, &[&web; 5]).await;
    let again = lease(&fleet, &web, "syft 2.0").await.unwrap();
    let failed = Failure {
        scanner: Some("syft 2.0".to_owned()),
        ..failure(FailureCause::Environment)
    };
    assert!(fleet.fail_with(&web, &again, failed).await.unwrap());
    let at_once = report(&fleet, &web, "syft 2.0").await;
    assert!(at_once.leases.is_empty(), "but not at once");
    assert!(lease(&fleet, &web, "syft 2.0").await.is_some());
}

#[tokio::test]
async fn a_host_without_room_for_a_whole_scan_leaves_the_image_to_one_with_the_same_scanner() {
    let (fleet, [bad, good]) = Fleet::of(["bad", "good"]).await;
    for _ in 0..5 {
        let lease = report(&fleet, &bad, "syft 1.0").await.leases.remove(0);
        let some = without_room(1, &[deb("a", "1")]);
        fleet.upload(&bad, &lease, some).await.unwrap();
        let at_once = report(&fleet, &bad, "syft 1.0").await;
        assert!(at_once.leases.is_empty(), "it is held back shortly");
        fleet.pass(60);
    }
    let known = fleet.image(1).await;
    assert_eq!(known.summary.state, ImageState::Partial);
    assert_eq!(known.artifacts, [deb("a", "1")]);
    let reason = Some("no space left on device");
    assert_eq!(known.summary.reason.as_deref(), reason);
    assert_eq!(known.failures.len(), 5);
    for failure in &known.failures {
        assert_eq!(failure.cause, FailureCause::Environment);
        assert!(!failure.counted);
    }
    let status = fleet.store.status(fleet.now()).await.unwrap();
    assert!(status.quarantined.is_empty());

    let lease = report(&fleet, &good, "syft 1.0").await.leases.remove(0);
    let all = [deb("a", "1"), deb("b", "1")];
    fleet
        .upload(&good, &lease, complete(1, &all))
        .await
        .unwrap();
    assert_eq!(fleet.image(1).await.summary.state, ImageState::Complete);
}

#[tokio::test]
async fn a_quarantined_image_is_given_again_on_an_operators_word() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fail_on(&fleet, &[&web; 5]).await;
    fleet.store.retry_image(image(1)).await.unwrap();
    let again = report(&fleet, &web, "syft 1.0").await.leases.remove(0);
    assert_eq!(again.generation, 6);
    let quarantined = fleet.fail(&web, &again, FailureCause::Image).await;
    assert!(!quarantined.unwrap(), "it counts from nothing again");
}
