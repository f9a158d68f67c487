//! Hosts: added, enrolled, reset, removed.

use assetmon_server::store::{HostIdentity, Principal, StoreError};
use proto_types::{FailureCause, HostState, Lease, ListContainers};

use crate::common::{at, complete, fleet::*, full, image, started};

#[tokio::test]
async fn a_code_enrolls_once() {
    let fleet = Fleet::new();
    let (code, token) = (fleet.secret(), fleet.secret());
    let expires = fleet.store.add_host("web".to_owned(), code);
    assert_eq!(expires.await.unwrap(), at(3600));
    let host = fleet.store.enroll(code, token).await.unwrap();
    assert_eq!(host.name, "web");
    let found = fleet.store.authenticate(token, fleet.now()).await.unwrap();
    assert_eq!(found, Some(Principal::Host(host)));
    let again = refused(fleet.store.enroll(code, fleet.secret()).await);
    assert!(matches!(again, StoreError::Unauthorized(_)), "{again:?}");
    let still = fleet.store.authenticate(token, fleet.now()).await.unwrap();
    assert!(still.is_some(), "the first token stays");
}

#[tokio::test]
async fn a_code_ends_after_an_hour() {
    let fleet = Fleet::new();
    let code = fleet.secret();
    let added = fleet.store.add_host("web".to_owned(), code);
    added.await.unwrap();
    fleet.pass(3600);
    let late = refused(fleet.store.enroll(code, fleet.secret()).await);
    assert!(matches!(late, StoreError::Unauthorized(_)), "{late:?}");
}

#[tokio::test]
async fn a_code_from_long_before_the_clock_was_set_back_does_not_enroll() {
    let fleet = Fleet::new();
    let code = fleet.secret();
    let added = fleet.store.add_host("web".to_owned(), code);
    added.await.unwrap();
    fleet.pass(-30 * 86_400);
    let old = refused(fleet.store.enroll(code, fleet.secret()).await);
    assert!(matches!(old, StoreError::Unauthorized(_)), "{old:?}");
}

#[tokio::test]
async fn a_host_that_exists_is_not_added_again() {
    let (fleet, [_web]) = Fleet::of(["web"]).await;
    let error = refused(fleet.store.add_host("web".to_owned(), fleet.secret()).await);
    let StoreError::Invalid { message, hint } = error else {
        panic!("{error:?}");
    };
    assert!(message.contains("`web`"), "{message}");
    assert!(hint.unwrap().contains("host reset web"));
}

#[tokio::test]
async fn reset_ends_the_token_and_keeps_the_runs() {
    let fleet = Fleet::new();
    let (code, token) = (fleet.secret(), fleet.secret());
    let added = fleet.store.add_host("web".to_owned(), code);
    added.await.unwrap();
    let web = fleet.store.enroll(code, token).await.unwrap();
    let mut report = full(&[("a", 1)]);
    report.seq = Some(1000);
    fleet.report(&web, report).await.unwrap();
    let second = fleet.secret();
    let reset = fleet.store.reset_host("web".to_owned(), second);
    reset.await.unwrap();
    let found = fleet.store.authenticate(token, fleet.now()).await.unwrap();
    assert_eq!(found, None);
    assert_eq!(fleet.live().await, ["web/a"]);
    let again = fleet.store.enroll(second, fleet.secret());
    let again = again.await.unwrap();
    assert_eq!(again.id, web.id, "the same host as before");
    let mut first = full(&[("a", 1)]);
    first.seq = Some(1);
    fleet.report(&again, first).await.unwrap();
}

/// Whatever a host may tell, told by one whose token has ended since.
async fn tells_nothing(fleet: &Fleet, host: &HostIdentity, lease: &Lease) {
    let refusals = [
        refused(fleet.report(host, full(&[("evil", 2)])).await),
        refused(fleet.update(host, started("evil", 2)).await),
        refused(fleet.upload(host, lease, complete(1, &[])).await),
        refused(fleet.fail(host, lease, FailureCause::Image).await),
    ];
    for error in refusals {
        assert!(matches!(error, StoreError::Unauthorized(_)), "{error:?}");
    }
}

#[tokio::test]
async fn a_host_that_was_reset_meanwhile_writes_nothing_with_the_old_token() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let code = fleet.secret();
    let reset = fleet.store.reset_host("web".to_owned(), code);
    reset.await.unwrap();
    tells_nothing(&fleet, &web, &lease).await;
    let again = fleet.store.enroll(code, fleet.secret());
    let again = again.await.unwrap();
    tells_nothing(&fleet, &web, &lease).await;
    assert_eq!(fleet.live().await, ["web/a"]);
    assert_eq!(fleet.image(1).await.failures, []);
    let mut first = full(&[("a", 1)]);
    first.seq = Some(1);
    assert_eq!(fleet.report(&again, first).await.unwrap().leases.len(), 1);
}

#[tokio::test]
async fn a_host_that_was_removed_meanwhile_writes_nothing() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let removed = fleet.store.remove_host("web".to_owned());
    removed.await.unwrap();
    tells_nothing(&fleet, &web, &lease).await;
    fleet.enroll("web").await;
    tells_nothing(&fleet, &web, &lease).await;
    assert_eq!(fleet.live().await, [""; 0]);
}

#[tokio::test]
async fn a_reset_gives_the_hosts_leases_to_others() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    assert_eq!(fleet.full(&db, &[("a", 1)]).await.leases, []);
    let reset = fleet.store.reset_host("web".to_owned(), fleet.secret());
    reset.await.unwrap();
    let next = fleet.full(&db, &[("a", 1)]).await.leases.remove(0);
    assert_eq!(next.generation, 2);
}

#[tokio::test]
async fn a_reset_replaces_the_code_before_it() {
    let fleet = Fleet::new();
    let (first, second) = (fleet.secret(), fleet.secret());
    let added = fleet.store.add_host("web".to_owned(), first);
    added.await.unwrap();
    let reset = fleet.store.reset_host("web".to_owned(), second);
    reset.await.unwrap();
    refused(fleet.store.enroll(first, fleet.secret()).await);
    let enrolled = fleet.store.enroll(second, fleet.secret());
    enrolled.await.unwrap();
}

#[tokio::test]
async fn a_removed_hosts_runs_end_and_its_past_stays() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    fleet.pass(60);
    let removed = fleet.store.remove_host("web".to_owned());
    removed.await.unwrap();
    assert_eq!(fleet.live().await, [""; 0]);
    assert_eq!(fleet.live_at(at(30)).await, ["web/a"]);
    assert!(
        fleet
            .store
            .hosts(fleet.now())
            .await
            .unwrap()
            .hosts
            .is_empty()
    );
    let error = refused(fleet.report(&web, full(&[("a", 1)])).await);
    assert!(matches!(error, StoreError::Unauthorized(_)), "{error:?}");
}

#[tokio::test]
async fn a_removed_hosts_name_is_free_for_another_host() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    fleet.pass(60);
    let removed = fleet.store.remove_host("web".to_owned());
    removed.await.unwrap();
    let other = fleet.enroll("web").await;
    assert_ne!(other.id, web.id);
    fleet.full(&other, &[("b", 2)]).await;
    let listed = ListContainers {
        host: Some("web".to_owned()),
        ..Default::default()
    };
    let listed = fleet.containers(listed).await;
    assert_eq!(listed.containers.len(), 1);
    assert_eq!(listed.containers[0].image_digest, image(2));
}

#[tokio::test]
async fn a_host_that_is_not_there_is_said_not_to_be() {
    let fleet = Fleet::new();
    let name = || "ghost".to_owned();
    let now = fleet.now();
    let errors = [
        refused(fleet.store.host(name(), now).await),
        refused(fleet.store.remove_host(name()).await),
        refused(fleet.store.reset_host(name(), fleet.secret()).await),
    ];
    for error in errors {
        assert!(matches!(error, StoreError::NotFound { .. }), "{error:?}");
        assert_eq!(error.to_string(), "there is no host `ghost`");
    }
}

#[tokio::test]
async fn a_host_is_pending_then_silent_then_reporting_then_silent() {
    let fleet = Fleet::new();
    let state = async |fleet: &Fleet| {
        let host = fleet.store.host("web".to_owned(), fleet.now()).await;
        host.unwrap().state
    };
    let code = fleet.secret();
    let added = fleet.store.add_host("web".to_owned(), code);
    added.await.unwrap();
    assert_eq!(state(&fleet).await, HostState::Pending);
    let web = fleet.store.enroll(code, fleet.secret()).await;
    let web = web.unwrap();
    assert_eq!(state(&fleet).await, HostState::Silent, "it never reported");
    fleet.full(&web, &[]).await;
    fleet.pass(3600);
    assert_eq!(state(&fleet).await, HostState::Reporting);
    fleet.pass(1);
    assert_eq!(state(&fleet).await, HostState::Silent);
}
