//! Proof: an empty answer says that it proves nothing wherever something isn't known, now and by
//! the same rule for a time that has passed.

use proto_types::{
    Coverage, During, FindRequest, FullReport, ListChanges, ListContainers, ListImages,
};

use crate::common::{at, complete, deb, fleet::*, full, started, stopped};

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

fn incomplete() -> FullReport {
    FullReport {
        complete: false,
        ..full(&[])
    }
}

#[tokio::test]
async fn an_answer_over_no_host_is_no_proof() {
    let fleet = Fleet::new();
    assert!(!now(&fleet).await.complete);
    assert!(!then(&fleet, -5).await.complete);
    let status = fleet.store.status(fleet.now()).await.unwrap();
    assert!(!status.coverage.complete);
}

#[tokio::test]
async fn a_host_that_was_added_and_never_enrolled_is_a_gap_until_it_is_removed() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[]).await;
    fleet.pass(10);
    let added = fleet.store.add_host("db".to_owned(), fleet.secret());
    added.await.unwrap();
    let pending = now(&fleet).await;
    assert_eq!((pending.hosts, pending.pending_hosts), (1, 1));
    assert!(!pending.complete);
    fleet.pass(10);
    let removed = fleet.store.remove_host("db".to_owned());
    removed.await.unwrap();
    assert!(now(&fleet).await.complete);
    assert!(then(&fleet, 9).await.complete);
    assert_eq!(then(&fleet, 10).await, pending, "at the moment itself");
    assert_eq!(during(&fleet, 0, 30).await.pending_hosts, 1);
}

#[tokio::test]
async fn updates_alone_keep_no_host_from_being_silent() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.pass(10);
    fleet.update(&web, stopped("a", 1)).await.unwrap();
    let silent = now(&fleet).await;
    assert_eq!((silent.silent_hosts, silent.complete), (1, false));
    fleet.full(&web, &[]).await;
    assert!(now(&fleet).await.complete);
    assert_eq!(then(&fleet, 9).await.silent_hosts, 1);
    for _ in 0..8 {
        fleet.pass(600);
        fleet.update(&web, stopped("a", 1)).await.unwrap();
    }
    let silent = now(&fleet).await;
    assert_eq!((silent.silent_hosts, silent.complete), (1, false));
    assert_eq!(
        then(&fleet, 2000).await.silent_hosts,
        1,
        "from the last one on"
    );
    let host = fleet.store.host("web".to_owned(), fleet.now()).await;
    let host = host.unwrap();
    assert_eq!(host.state, proto_types::HostState::Silent);
    assert_eq!(host.last_report_at, Some(at(4810)));
    assert_eq!(host.last_full_report_at, Some(at(10)));
}

#[tokio::test]
async fn an_incomplete_listing_is_remembered_after_a_complete_one_came() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[]).await;
    fleet.pass(100);
    fleet.report(&web, incomplete()).await.unwrap();
    let before = now(&fleet).await;
    assert_eq!((before.incomplete_hosts, before.complete), (1, false));
    assert_eq!(then(&fleet, 100).await, before, "while it goes on");
    fleet.pass(100);
    fleet.report(&web, incomplete()).await.unwrap();
    fleet.pass(100);
    fleet.full(&web, &[]).await;
    assert!(now(&fleet).await.complete);
    for (seconds, hosts) in [(99, 0), (100, 1), (250, 1), (299, 1), (300, 0)] {
        let coverage = then(&fleet, seconds).await;
        assert_eq!(coverage.incomplete_hosts, hosts, "at {seconds}");
        assert_eq!(coverage.complete, hosts == 0);
    }
    assert_eq!(during(&fleet, 0, 101).await.incomplete_hosts, 1);
    assert_eq!(during(&fleet, 300, 301).await.incomplete_hosts, 0);
}

#[tokio::test]
async fn a_removed_host_takes_nothing_along_of_what_was_not_known() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    fleet.full(&db, &[]).await;
    fleet.report(&web, incomplete()).await.unwrap();
    fleet.pass(5000);
    fleet.full(&db, &[]).await;
    let removed = fleet.store.remove_host("web".to_owned());
    removed.await.unwrap();
    fleet.pass(100);
    let past = then(&fleet, 0).await;
    assert_eq!((past.hosts, past.incomplete_hosts), (2, 1));
    assert_eq!(then(&fleet, 4999).await.silent_hosts, 2);
    let after = then(&fleet, 5000).await;
    assert_eq!((after.hosts, after.complete), (1, true));
}

#[tokio::test]
async fn a_time_that_has_not_come_is_no_proof() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[]).await;
    fleet.pass(100);
    fleet.full(&web, &[]).await;
    assert!(then(&fleet, 100).await.complete, "this moment has come");
    let future = then(&fleet, 101).await;
    assert!(future.in_future && !future.complete);
    assert_eq!(future.hosts, 1);
    let into = during(&fleet, 50, 200).await;
    assert!(into.in_future && !into.complete);
    let past = during(&fleet, 50, 100).await;
    assert!(!past.in_future && past.complete);
}

#[tokio::test]
async fn what_retention_dropped_is_no_proof_that_it_never_was() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.run(&web, &[("a", 1)], &[deb("x", "1")]).await;
    fleet.pass(100);
    fleet.full(&web, &[]).await;
    fleet.pass(100);
    fleet.full(&web, &[]).await;
    fleet.drop_older(at(50)).await;
    assert_eq!(
        then(&fleet, 10).await.kept_since,
        None,
        "nothing was dropped"
    );
    fleet.drop_older(at(150)).await;
    let fleet = fleet.reopened();
    let gone = fleet.find(FindRequest {
        at: Some(at(10)),
        ..named("x")
    });
    let gone = gone.await;
    assert_eq!((gone.total, gone.coverage.kept_since), (0, Some(at(150))));
    assert!(!gone.coverage.complete);
    assert!(!during(&fleet, 149, 200).await.complete);
    assert!(during(&fleet, 150, 200).await.complete);
    assert!(now(&fleet).await.complete);
    fleet.drop_older(at(120)).await;
    assert_eq!(then(&fleet, 10).await.kept_since, Some(at(150)));
}

#[tokio::test]
async fn incomplete_times_are_dropped_with_the_rest() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.report(&web, incomplete()).await.unwrap();
    fleet.pass(100);
    fleet.full(&web, &[]).await;
    assert!(
        fleet
            .drop_older(at(101))
            .await
            .iter()
            .any(|step| step.dropped > 0)
    );
    let past = then(&fleet, 50).await;
    assert_eq!((past.incomplete_hosts, past.kept_since), (0, Some(at(101))));
    assert!(!past.complete);
}

#[tokio::test]
async fn every_page_says_what_the_first_one_said_of_its_coverage() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    fleet
        .run(&web, &[("a", 1), ("b", 2)], &[deb("x", "1")])
        .await;
    fleet.report(&db, incomplete()).await.unwrap();
    let find = FindRequest {
        limit: Some(1),
        ..named("x")
    };
    let containers = ListContainers {
        limit: Some(1),
        ..Default::default()
    };
    let images = ListImages {
        limit: Some(1),
        ..Default::default()
    };
    let first = fleet.find(find.clone()).await;
    assert_eq!(first.coverage.incomplete_hosts, 1);
    let list = fleet.containers(containers.clone()).await;
    let listed = fleet
        .store
        .images(images.clone(), fleet.now())
        .await
        .unwrap();
    // What is asked later of now would be another answer.
    fleet.pass(1);
    fleet.full(&db, &[]).await;
    fleet.pass(5000);
    let second = fleet.find(FindRequest {
        cursor: first.next_cursor,
        ..find
    });
    assert_eq!(second.await.coverage, first.coverage);
    let second = fleet.containers(ListContainers {
        cursor: list.next_cursor,
        ..containers
    });
    assert_eq!(second.await.coverage, list.coverage);
    let images = ListImages {
        cursor: listed.next_cursor,
        ..images
    };
    let second = fleet.store.images(images, fleet.now()).await.unwrap();
    assert_eq!(second.coverage, listed.coverage);
}

#[tokio::test]
async fn changes_from_before_what_is_kept_say_so() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    fleet.pass(100);
    fleet.full(&web, &[]).await;
    fleet.drop_older(at(101)).await;
    let since = |seconds| ListChanges {
        since: Some(at(seconds)),
        ..Default::default()
    };
    let now = fleet.now();
    let early = fleet.store.changes(since(50), now).await.unwrap();
    assert_eq!(early.coverage.kept_since, Some(at(101)));
    assert!(!early.coverage.complete);
    let late = fleet.store.changes(since(101), now).await.unwrap();
    assert!(late.coverage.complete);
}

#[tokio::test]
async fn the_gap_of_an_image_that_an_update_began_counts_too() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[]).await;
    let lease = fleet.update(&web, started("a", 1)).await.unwrap().leases;
    assert_eq!(now(&fleet).await.images_without_sbom, 1);
    let whole = complete(1, &[]);
    fleet.upload(&web, &lease[0], whole).await.unwrap();
    assert!(now(&fleet).await.complete);
}
