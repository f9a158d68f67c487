//! SBOMs that an admin withdraws: the image is unscanned from then on, another host is to scan it
//! first, and nothing that was leased before brings the withdrawn one back.

use assetmon_server::store::{HostIdentity, StoreError};
use model::lease::LeaseClaim;
use proto_types::{
    FindRequest, ImageFacts, ImageState, ListImages, ScanOutcome, ScanReport, ScanStatus,
};

use crate::common::{at, complete, deb, fleet::*, image, partial, sbom, scan};

/// Who withdraws.
const BY: &str = "ops";

async fn withdraw(fleet: &Fleet, on: u8) -> u64 {
    let withdrawn = fleet.store.withdraw_image(image(on), BY.to_owned()).await;
    withdrawn.unwrap()
}

async fn withdraw_of(fleet: &Fleet, host: &str) -> u64 {
    let (host, by) = (host.to_owned(), BY.to_owned());
    fleet.store.withdraw_host(host, by).await.unwrap()
}

/// A host that scanned an image that it only heard of, and found nothing in it.
async fn poisoned() -> (Fleet, [HostIdentity; 2]) {
    let (fleet, [web, evil]) = Fleet::of(["web", "evil"]).await;
    fleet.run(&evil, &[("a", 1)], &[]).await;
    fleet.full(&evil, &[]).await;
    let response = fleet.full(&web, &[("a", 1)]).await;
    assert_eq!(response.leases, []);
    (fleet, [web, evil])
}

#[tokio::test]
async fn a_withdrawn_image_is_unscanned_at_once_and_no_answer_over_it_is_a_proof() {
    let (fleet, [web, _]) = poisoned().await;
    let before = fleet.find(named("openssl")).await;
    assert!(before.coverage.complete, "the lie counts as a proof");
    assert_eq!(withdraw(&fleet, 1).await, 1);

    let after = fleet.find(named("openssl")).await;
    assert_eq!(after.coverage.images_without_sbom, 1);
    assert_eq!(after.coverage.images_withdrawn, 1);
    assert!(!after.coverage.complete);
    let shown = fleet.image(1).await;
    assert_eq!(shown.summary.state, ImageState::Unscanned);
    assert_eq!((shown.generation, shown.summary.scanned_by), (None, None));
    let unscanned = ListImages {
        state: Some(ImageState::Unscanned),
        ..ListImages::default()
    };
    let listed = fleet.store.images(unscanned, fleet.now()).await.unwrap();
    assert_eq!(listed.total, 1);

    fleet.run(&web, &[("a", 1)], &[deb("openssl", "3.0")]).await;
    let found = fleet.find(named("openssl")).await;
    assert_eq!((found.total, found.coverage.complete), (1, true));
    assert_eq!(found.coverage.images_withdrawn, 0);
}

#[tokio::test]
async fn what_a_withdrawn_sbom_listed_is_found_no_more() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.run(&web, &[("a", 1)], &[deb("openssl", "3.0")]).await;
    withdraw(&fleet, 1).await;
    assert_eq!(fleet.find(named("openssl")).await.total, 0);
    assert_eq!(fleet.image(1).await.artifacts, []);
    let fleet = fleet.reopened();
    let found = fleet.find(named("openssl")).await;
    assert_eq!(found.total, 0);
    assert_eq!(found.coverage.images_withdrawn, 1, "also after a restart");
}

#[tokio::test]
async fn a_withdrawn_sbom_proves_nothing_of_the_past_either() {
    let (fleet, [web, _]) = poisoned().await;
    fleet.pass(3600);
    fleet.full(&web, &[("a", 1)]).await;
    let then = || FindRequest {
        at: Some(at(1800)),
        ..named("openssl")
    };
    assert!(fleet.find(then()).await.coverage.images_without_sbom == 0);
    withdraw(&fleet, 1).await;
    let past = fleet.find(then()).await;
    assert_eq!(past.coverage.images_withdrawn, 1);
    assert!(!past.coverage.complete);
    // An image never changes: who scans it now says what ran then.
    fleet.run(&web, &[("a", 1)], &[deb("openssl", "3.0")]).await;
    assert_eq!(fleet.find(then()).await.total, 1);
}

#[tokio::test]
async fn the_host_whose_sbom_was_withdrawn_gets_the_image_only_where_no_other_runs_it() {
    let (fleet, [web, evil]) = poisoned().await;
    withdraw(&fleet, 1).await;
    let again = fleet.full(&evil, &[("a", 1)]).await;
    assert_eq!(again.leases, [], "web runs it");
    let to_web = fleet.full(&web, &[("a", 1)]).await.leases;
    assert_eq!(to_web.len(), 1);
    // Generation 1 was the first lease, 2 the withdrawal.
    assert_eq!(to_web[0].generation, 3);

    fleet.pass(1800);
    fleet.full(&web, &[]).await;
    let alone = fleet.full(&evil, &[("a", 1)]).await.leases;
    assert_eq!(alone.len(), 1, "nobody else could scan it");
}

#[tokio::test]
async fn a_lease_that_the_submitter_was_given_while_it_alone_ran_the_image_goes_on() {
    let (fleet, [evil, web]) = Fleet::of(["evil", "web"]).await;
    fleet.run(&evil, &[("a", 1)], &[]).await;
    withdraw(&fleet, 1).await;
    let given = fleet.full(&evil, &[("a", 1)]).await.leases;
    assert_eq!(given.len(), 1);
    assert_eq!(fleet.full(&web, &[("a", 1)]).await.leases, []);
    assert_eq!(fleet.full(&evil, &[("a", 1)]).await.leases, given);
}

#[tokio::test]
async fn a_retry_lets_any_host_scan_a_withdrawn_image() {
    let (fleet, [_, evil]) = poisoned().await;
    withdraw(&fleet, 1).await;
    fleet.store.retry_image(image(1)).await.unwrap();
    assert_eq!(fleet.full(&evil, &[("a", 1)]).await.leases.len(), 1);
}

#[tokio::test]
async fn nothing_that_was_leased_before_a_withdrawal_brings_the_sbom_back() {
    let (fleet, [web, evil]) = Fleet::of(["web", "evil"]).await;
    let old = fleet.full(&evil, &[("a", 1)]).await.leases.remove(0);
    fleet.upload(&evil, &old, complete(1, &[])).await.unwrap();
    fleet.full(&web, &[("a", 1)]).await;
    withdraw(&fleet, 1).await;

    let late = refused(fleet.upload(&evil, &old, complete(1, &[])).await);
    assert!(
        matches!(late, StoreError::LeaseSuperseded { .. }),
        "{late:?}"
    );
    for generation in [None, Some(2), Some(3)] {
        let guessed = LeaseClaim {
            lease: None,
            generation,
        };
        let error = refused(fleet.claim(&evil, guessed, complete(1, &[])).await);
        assert!(matches!(error, StoreError::Forbidden(_)), "{error:?}");
    }
    assert_eq!(fleet.image(1).await.summary.state, ImageState::Unscanned);
}

#[tokio::test]
async fn another_hosts_work_under_way_is_taken_after_a_withdrawal() {
    let (fleet, [web, evil]) = Fleet::of(["web", "evil"]).await;
    let old = fleet.full(&evil, &[("a", 1)]).await.leases.remove(0);
    fleet.upload(&evil, &old, partial(1, &[])).await.unwrap();
    fleet.pass(3600);
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    withdraw(&fleet, 1).await;
    let found = complete(1, &[deb("openssl", "3.0")]);
    let outcome = fleet.upload(&web, &lease, found).await.unwrap();
    assert_eq!(outcome, ScanOutcome::Stored);
}

#[tokio::test]
async fn what_was_withdrawn_is_shown_with_who_submitted_and_who_withdrew_it() {
    let (fleet, _) = poisoned().await;
    fleet.pass(60);
    withdraw(&fleet, 1).await;
    let shown = fleet.image(1).await.withdrawn;
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].host.as_deref(), Some("evil"));
    assert_eq!(shown[0].by, BY);
    assert_eq!((shown[0].scanned_at, shown[0].at), (at(0), at(60)));
    assert_eq!(
        (shown[0].status, shown[0].artifacts),
        (ScanStatus::Complete, 0)
    );
    assert_eq!(shown[0].scanner.as_deref(), Some("syft 1.0"));
}

#[tokio::test]
async fn withdrawing_what_has_no_sbom_changes_nothing_and_an_unknown_image_is_an_error() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    assert_eq!(withdraw(&fleet, 1).await, 0);
    assert_eq!(fleet.image(1).await.withdrawn, []);
    let stored = fleet.upload(&web, &lease, complete(1, &[])).await;
    assert_eq!(stored.unwrap(), ScanOutcome::Stored, "the lease goes on");
    let unknown = fleet.store.withdraw_image(image(9), BY.to_owned()).await;
    assert!(matches!(refused(unknown), StoreError::NotFound { .. }));
}

#[tokio::test]
async fn all_that_a_host_submitted_is_withdrawn_and_nothing_else() {
    let (fleet, [web, evil]) = Fleet::of(["web", "evil"]).await;
    let many: Vec<String> = (1..=40).map(|number| format!("c{number}")).collect();
    let many: Vec<(&str, u8)> = many.iter().map(String::as_str).zip(1..=40).collect();
    fleet.run(&evil, &many, &[]).await;
    fleet.run(&web, &[("w", 50)], &[deb("bash", "5")]).await;
    assert_eq!(withdraw_of(&fleet, "evil").await, 40);
    assert_eq!(withdraw_of(&fleet, "evil").await, 0);
    assert_eq!(fleet.image(7).await.summary.state, ImageState::Unscanned);
    assert_eq!(fleet.image(50).await.summary.state, ImageState::Complete);
    let status = fleet.store.status(fleet.now()).await.unwrap();
    assert_eq!(status.coverage.images_withdrawn, 40);
}

#[tokio::test]
async fn what_a_removed_host_submitted_is_withdrawn_by_its_name_until_that_is_used_again() {
    let (fleet, [_, _]) = poisoned().await;
    fleet.store.remove_host("evil".to_owned()).await.unwrap();
    let again = fleet.enroll("evil").await;
    fleet.run(&again, &[("b", 2)], &[]).await;
    assert_eq!(
        withdraw_of(&fleet, "evil").await,
        1,
        "the one that is there"
    );
    fleet.store.remove_host("evil".to_owned()).await.unwrap();
    assert_eq!(withdraw_of(&fleet, "evil").await, 0, "the last that was");
    assert_eq!(fleet.image(1).await.summary.state, ImageState::Complete);
    let nobody = fleet.store.withdraw_host("none".to_owned(), BY.to_owned());
    assert!(matches!(refused(nobody.await), StoreError::NotFound { .. }));
}

#[tokio::test]
async fn digests_that_a_withdrawn_sbom_claimed_name_the_image_no_more() {
    let (fleet, [evil, web]) = Fleet::of(["evil", "web"]).await;
    let lease = fleet.full(&evil, &[("a", 1)]).await.leases.remove(0);
    let mut told: ScanReport = scan(1, &[], ScanStatus::Complete);
    told.image.facts = ImageFacts {
        aliases: vec![image(77)],
        architecture: Some("amd64".to_owned()),
        ..ImageFacts::default()
    };
    fleet.upload(&evil, &lease, sbom(told)).await.unwrap();
    fleet.full(&web, &[("a", 1)]).await;
    assert!(fleet.store.image(image(77), fleet.now()).await.is_ok());
    withdraw(&fleet, 1).await;
    let by_alias = fleet.store.image(image(77), fleet.now()).await;
    assert!(matches!(refused(by_alias), StoreError::NotFound { .. }));
    let asked = ListImages {
        digest_prefix: Some("4d4d".to_owned()),
        ..ListImages::default()
    };
    let listed = fleet.store.images(asked, fleet.now()).await.unwrap();
    assert_eq!(listed.total, 0);
    assert_eq!(fleet.image(1).await.summary.facts, ImageFacts::default());
}

#[tokio::test]
async fn pages_go_on_with_what_was_known_when_the_first_was_read() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let held = [deb("a", "1"), deb("b", "1"), deb("c", "1")];
    fleet.run(&web, &[("a", 1)], &held).await;
    let first = FindRequest {
        limit: Some(1),
        ..FindRequest::default()
    };
    let first = fleet.find(first).await;
    withdraw(&fleet, 1).await;
    let rest = FindRequest {
        limit: Some(0),
        cursor: first.next_cursor,
        ..FindRequest::default()
    };
    assert_eq!(fleet.find(rest).await.results.unwrap().len(), 2);
}
