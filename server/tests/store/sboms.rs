//! SBOMs: what becomes of an upload. The lease is no correctness lock, so nothing that is known
//! may be lost to an upload that comes late, twice or from the wrong host.

use assetmon_server::store::StoreError;
use model::lease::LeaseClaim;
use proto_types::{ImageState, ScanOutcome};

use crate::common::{complete, deb, fleet::*, partial, without_room};

#[tokio::test]
async fn an_upload_under_the_current_lease_becomes_the_images_sbom() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let outcome = fleet.upload(&web, &lease, complete(1, &[deb("b", "2"), deb("a", "1")]));
    assert_eq!(outcome.await.unwrap(), ScanOutcome::Stored);
    let image = fleet.image(1).await;
    assert_eq!(image.summary.state, ImageState::Complete);
    assert_eq!(image.artifacts, [deb("a", "1"), deb("b", "2")]);
    assert_eq!(image.generation, Some(1));
    assert_eq!(image.summary.scanned_by.as_deref(), Some("web"));
    assert_eq!(image.summary.scanner.as_deref(), Some("syft 1.0"));
    assert_eq!(image.summary.scanned_at, Some(fleet.now()));
    assert_eq!(
        (image.summary.distro.as_str(), image.lease),
        ("debian", None)
    );
}

#[tokio::test]
async fn an_expired_but_current_generation_is_accepted() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    fleet.pass(86_400);
    let outcome = fleet
        .upload(&web, &lease, complete(1, &[deb("x", "1")]))
        .await;
    assert_eq!(outcome.unwrap(), ScanOutcome::Stored);
}

#[tokio::test]
async fn a_superseded_generation_is_refused_and_changes_nothing() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    let old = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    fleet.pass(1800);
    let new = fleet.full(&db, &[("a", 1)]).await.leases.remove(0);
    let error = refused(
        fleet
            .upload(&web, &old, complete(1, &[deb("x", "1")]))
            .await,
    );
    assert!(
        matches!(error, StoreError::LeaseSuperseded { current: 2, .. }),
        "{error:?}"
    );
    assert_eq!(fleet.image(1).await.summary.state, ImageState::Unscanned);
    let outcome = fleet.upload(&db, &new, complete(1, &[deb("y", "1")])).await;
    assert_eq!(outcome.unwrap(), ScanOutcome::Stored);
    refused(
        fleet
            .upload(&web, &old, complete(1, &[deb("x", "1")]))
            .await,
    );
    assert_eq!(fleet.image(1).await.artifacts, [deb("y", "1")]);
}

#[tokio::test]
async fn the_same_content_again_changes_nothing() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let [one, two] = [deb("a", "1"), deb("b", "1")];
    let first = complete(1, &[one.clone(), two.clone()]);
    fleet.upload(&web, &lease, first).await.unwrap();
    let before = fleet.image(1).await;
    fleet.pass(60);
    let again = complete(1, &[two.clone(), one, two]);
    let outcome = fleet.upload(&web, &lease, again).await.unwrap();
    assert_eq!(
        outcome,
        ScanOutcome::AlreadyKnown,
        "order and repeats don't count"
    );
    let after = fleet.image(1).await;
    assert_eq!(before.summary, after.summary);
    assert!(after.conflicts.is_empty());
}

#[tokio::test]
async fn a_difference_is_kept_as_a_conflict_and_shown_and_never_overwrites() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let first = complete(1, &[deb("a", "1"), deb("b", "1")]);
    fleet.upload(&web, &lease, first).await.unwrap();
    fleet.pass(60);
    for _ in 0..2 {
        let other = complete(1, &[deb("a", "1"), deb("c", "1"), deb("d", "1")]);
        let outcome = fleet.upload(&web, &lease, other).await.unwrap();
        assert_eq!(outcome, ScanOutcome::Conflict);
    }
    let image = fleet.image(1).await;
    assert_eq!(image.artifacts, [deb("a", "1"), deb("b", "1")]);
    assert_eq!(image.conflicts.len(), 1, "the same difference counts once");
    let conflict = &image.conflicts[0];
    assert_eq!((conflict.only_there, conflict.only_here), (2, 1));
    assert_eq!((conflict.host.as_str(), conflict.at), ("web", fleet.now()));
    let status = fleet.store.status(fleet.now()).await.unwrap();
    assert_eq!(status.counts.conflicts, 1);
}

#[tokio::test]
async fn a_host_uploads_variants_without_end_and_the_first_conflicts_are_kept() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let first = complete(1, &[deb("a", "1")]);
    fleet.upload(&web, &lease, first).await.unwrap();
    for variant in 0..40 {
        let other = complete(1, &[deb("a", &format!("2.{variant}"))]);
        let outcome = fleet.upload(&web, &lease, other).await.unwrap();
        assert_eq!(outcome, ScanOutcome::Conflict);
    }
    let image = fleet.image(1).await;
    assert!(
        (1..10).contains(&image.conflicts.len()),
        "{:?}",
        image.conflicts
    );
    assert_eq!(image.artifacts, [deb("a", "1")]);
}

#[tokio::test]
async fn complete_never_turns_into_partial() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let all = [deb("a", "1"), deb("b", "1")];
    fleet.upload(&web, &lease, complete(1, &all)).await.unwrap();
    for some in [&all[..1], &all[..], &[]] {
        let outcome = fleet.upload(&web, &lease, partial(1, some)).await.unwrap();
        assert_eq!(outcome, ScanOutcome::AlreadyKnown);
    }
    let image = fleet.image(1).await;
    assert_eq!(image.summary.state, ImageState::Complete);
    assert_eq!(image.artifacts, all);
    assert!(image.failures.is_empty());
}

#[tokio::test]
async fn partial_turns_into_complete() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let some = partial(1, &[deb("a", "1"), deb("wrong", "1")]);
    assert_eq!(
        fleet.upload(&web, &lease, some).await.unwrap(),
        ScanOutcome::Stored
    );
    assert_eq!(fleet.image(1).await.summary.state, ImageState::Partial);
    let all = complete(1, &[deb("a", "1"), deb("b", "1")]);
    assert_eq!(
        fleet.upload(&web, &lease, all).await.unwrap(),
        ScanOutcome::Stored
    );
    let image = fleet.image(1).await;
    assert_eq!(image.summary.state, ImageState::Complete);
    assert_eq!(image.artifacts, [deb("a", "1"), deb("b", "1")]);
    assert_eq!(fleet.find(named("wrong")).await.total, 0);
}

#[tokio::test]
async fn a_partial_sbom_that_lists_less_replaces_none_that_lists_more() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let fuller = [deb("a", "1"), deb("b", "1")];
    let outcome = fleet.upload(&web, &lease, partial(1, &fuller)).await;
    assert_eq!(outcome.unwrap(), ScanOutcome::Stored);
    for some in [partial(1, &fuller[..1]), without_room(1, &[])] {
        fleet.pass(86_400);
        let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
        let outcome = fleet.upload(&web, &lease, some).await.unwrap();
        assert_eq!(outcome, ScanOutcome::Conflict);
    }
    let image = fleet.image(1).await;
    assert_eq!(image.artifacts, fuller);
    assert_eq!(image.conflicts.len(), 2, "they are shown");
}

#[tokio::test]
async fn a_partial_sbom_replaces_another_one_only_where_it_lists_all_of_that() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let vulnerable = [deb("vulnerable", "1")];
    let outcome = fleet.upload(&web, &lease, partial(1, &vulnerable)).await;
    assert_eq!(outcome.unwrap(), ScanOutcome::Stored);
    let harmless = [deb("harmless", "1"), deb("more", "1")];
    let both = [deb("more", "1"), deb("vulnerable", "1")];
    let tries: [(&[_], _); 2] = [
        (&harmless, ScanOutcome::Conflict),
        (&both, ScanOutcome::Stored),
    ];
    for (artifacts, expected) in tries {
        fleet.pass(86_400);
        let lease = fleet.full(&db, &[("a", 1)]).await.leases.remove(0);
        let outcome = fleet.upload(&db, &lease, partial(1, artifacts)).await;
        assert_eq!(outcome.unwrap(), expected);
        assert_eq!(fleet.find(named("vulnerable")).await.total, 2);
    }
    let image = fleet.image(1).await;
    assert_eq!(image.artifacts, both);
    assert_eq!(image.conflicts.len(), 1);
}

#[tokio::test]
async fn a_partial_sbom_says_why() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let mut some = partial(1, &[]);
    some.reason = Some("no room".to_owned());
    fleet.upload(&web, &lease, some).await.unwrap();
    let image = fleet.image(1).await;
    assert_eq!(image.summary.reason.as_deref(), Some("no room"));
    assert_eq!(image.failures[0].message, "no room");
}

#[tokio::test]
async fn without_a_lease_an_upload_is_accepted_from_the_holder_alone() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    fleet.full(&db, &[("a", 1)]).await;
    let nothing = LeaseClaim::default;
    let error = refused(fleet.claim(&db, nothing(), complete(1, &[])).await);
    assert!(matches!(error, StoreError::Forbidden(_)), "{error:?}");
    let outcome = fleet.claim(&web, nothing(), complete(1, &[])).await;
    assert_eq!(outcome.unwrap(), ScanOutcome::Stored);
}

#[tokio::test]
async fn an_old_lease_is_told_from_one_that_never_was_by_its_generation_alone() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    let old = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    fleet.pass(1800);
    fleet.full(&db, &[("a", 1)]).await;
    let claim = LeaseClaim {
        lease: Some(old.lease.clone()),
        generation: None,
    };
    let error = refused(fleet.claim(&web, claim, complete(1, &[])).await);
    assert!(matches!(error, StoreError::Forbidden(_)), "{error:?}");
    let error = refused(fleet.upload(&web, &old, complete(1, &[])).await);
    let superseded = matches!(error, StoreError::LeaseSuperseded { current: 2, .. });
    assert!(superseded, "{error:?}");
    assert_eq!(fleet.image(1).await.summary.state, ImageState::Unscanned);
}

#[tokio::test]
async fn another_hosts_lease_is_forbidden() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    fleet.full(&db, &[("a", 1)]).await;
    let error = refused(fleet.upload(&db, &lease, complete(1, &[])).await);
    assert!(matches!(error, StoreError::Forbidden(_)), "{error:?}");
    assert_eq!(fleet.image(1).await.summary.state, ImageState::Unscanned);
}

#[tokio::test]
async fn a_lease_that_was_never_given_is_forbidden() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    for (made_up, generation) in [("made up", 1), (lease.lease.as_str(), 2)] {
        let claim = LeaseClaim {
            lease: Some(made_up.to_owned()),
            generation: Some(generation),
        };
        let error = refused(fleet.claim(&web, claim, complete(1, &[])).await);
        assert!(matches!(error, StoreError::Forbidden(_)), "{error:?}");
    }
}

#[tokio::test]
async fn an_image_that_nobody_reported_has_no_sbom_to_take() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[]).await;
    let upload = fleet.claim(&web, LeaseClaim::default(), complete(1, &[]));
    let error = refused(upload.await);
    assert!(matches!(error, StoreError::NotFound { .. }), "{error:?}");
}
