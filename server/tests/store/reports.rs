//! Reports: what they begin, what they end, and what they must leave alone.

use assetmon_server::store::StoreError;
use proto_types::{FullReport, HostState, ListContainers};

use crate::common::{at, container, fleet::*, full, image, started, stopped};

#[tokio::test]
async fn a_full_report_begins_what_it_lists() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[("b", 1), ("a", 2)]).await;
    let listed = fleet.containers(ListContainers::default()).await;
    assert_eq!(listed.total, 2);
    let first = &listed.containers[0];
    assert_eq!((first.host.as_str(), first.name.as_str()), ("web", "a"));
    assert_eq!(first.image_digest, image(2));
    assert_eq!(first.image_name, "example.org/image2:1");
    assert_eq!((first.running_since, first.until), (at(0), None));
}

#[tokio::test]
async fn a_full_report_ends_what_it_does_not_list_and_the_past_stays() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[("a", 1), ("b", 1)]).await;
    fleet.pass(60);
    fleet.full(&web, &[("b", 1)]).await;
    assert_eq!(fleet.live().await, ["web/b"]);
    assert_eq!(fleet.live_at(at(59)).await, ["web/a", "web/b"]);
    assert_eq!(fleet.live_at(at(60)).await, ["web/b"]);
    let past = ListContainers {
        at: Some(at(0)),
        ..Default::default()
    };
    assert_eq!(
        fleet.containers(past).await.containers[0].until,
        Some(at(60))
    );
}

#[tokio::test]
async fn an_incomplete_report_ends_nothing() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    let incomplete = FullReport {
        complete: false,
        ..full(&[("b", 2)])
    };
    fleet.report(&web, incomplete).await.unwrap();
    assert_eq!(fleet.live().await, ["web/a", "web/b"]);
    let host = fleet.store.host("web".to_owned(), fleet.now()).await;
    assert_eq!(host.unwrap().state, HostState::Incomplete);
}

#[tokio::test]
async fn a_report_that_is_not_newer_is_stale_and_names_the_last_seq() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let numbered = |seq, containers| FullReport {
        seq: Some(seq),
        ..full(containers)
    };
    fleet.report(&web, numbered(7, &[("a", 1)])).await.unwrap();
    for seq in [0, 6, 7] {
        let error = refused(fleet.report(&web, numbered(seq, &[])).await);
        assert!(
            matches!(error, StoreError::StaleReport { last_seq: 7, .. }),
            "{error:?}"
        );
        let mut update = stopped("a", 1);
        update.seq = Some(seq);
        let error = refused(fleet.update(&web, update).await);
        assert!(matches!(error, StoreError::StaleReport { .. }), "{error:?}");
    }
    assert_eq!(fleet.live().await, ["web/a"]);
}

#[tokio::test]
async fn a_report_without_seq_is_the_newest() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let mut numbered = full(&[("a", 1)]);
    numbered.seq = Some(7);
    fleet.report(&web, numbered.clone()).await.unwrap();
    fleet.full(&web, &[]).await;
    assert_eq!(fleet.live().await, [""; 0]);
    numbered.seq = Some(8);
    refused(fleet.report(&web, numbered).await);
}

#[tokio::test]
async fn an_older_full_report_cannot_end_what_a_newer_update_began() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let mut update = started("new", 1);
    update.seq = Some(2);
    fleet.update(&web, update).await.unwrap();
    let mut older = full(&[]);
    older.seq = Some(1);
    refused(fleet.report(&web, older).await);
    assert_eq!(fleet.live().await, ["web/new"]);
}

#[tokio::test]
async fn an_update_begins_and_ends_one_container_and_no_other() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[("a", 1), ("b", 1)]).await;
    fleet.update(&web, started("c", 2)).await.unwrap();
    assert_eq!(fleet.live().await, ["web/a", "web/b", "web/c"]);
    let answer = fleet.update(&web, stopped("a", 1)).await.unwrap();
    assert!(answer.leases.is_empty(), "what stopped needs no scan");
    assert_eq!(fleet.live().await, ["web/b", "web/c"]);
    fleet.update(&web, stopped("never", 9)).await.unwrap();
    assert_eq!(fleet.live().await, ["web/b", "web/c"]);
    assert!(fleet.store.image(image(9), fleet.now()).await.is_err());
}

#[tokio::test]
async fn the_same_name_on_a_new_image_is_another_run() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    fleet.pass(10);
    fleet.full(&web, &[("a", 2)]).await;
    let now = fleet.containers(ListContainers::default()).await;
    assert_eq!(now.containers.len(), 1);
    assert_eq!(now.containers[0].image_digest, image(2));
    assert_eq!(now.containers[0].running_since, at(10));
    let before = ListContainers {
        at: Some(at(9)),
        ..Default::default()
    };
    let before = fleet.containers(before).await;
    assert_eq!(before.containers.len(), 1);
    assert_eq!(before.containers[0].image_digest, image(1));
    assert_eq!(before.containers[0].until, Some(at(10)));
}

#[tokio::test]
async fn an_unchanged_report_changes_only_when_the_host_last_reported() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    let before = fleet.containers(ListContainers::default()).await;
    fleet.pass(600);
    fleet.full(&web, &[("a", 1)]).await;
    let after = fleet.containers(ListContainers::default()).await;
    assert_eq!(before.containers, after.containers);
    let host = fleet
        .store
        .host("web".to_owned(), fleet.now())
        .await
        .unwrap();
    assert_eq!(host.last_report_at, Some(at(600)));
    assert_eq!((host.containers, host.images), (1, 1));
}

#[tokio::test]
async fn a_report_changes_only_its_own_hosts_runs() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    fleet.full(&db, &[("a", 1)]).await;
    fleet.full(&db, &[]).await;
    fleet.update(&db, stopped("a", 1)).await.unwrap();
    assert_eq!(fleet.live().await, ["web/a"]);
}

#[tokio::test]
async fn one_image_may_run_under_several_names() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let mut other = container("b", 1);
    other.image_name = "localhost/other".to_owned();
    let mut report = full(&[("a", 1)]);
    report.containers.push(other);
    let response = fleet.report(&web, report).await.unwrap();
    assert_eq!(response.leases.len(), 1, "one image, one lease");
    let names = fleet.image(1).await.summary.names;
    assert_eq!(names, ["example.org/image1:1", "localhost/other"]);
}

#[tokio::test]
async fn a_run_that_ends_after_the_clock_was_set_back_has_no_negative_length() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    fleet.pass(-86_400);
    fleet.full(&web, &[]).await;
    assert_eq!(fleet.live().await, [""; 0]);
    for seconds in [-86_400, -1, 0, 1] {
        assert_eq!(fleet.live_at(at(seconds)).await, [""; 0]);
    }
}
