//! Images: lists of them, by state, by running, by prefix.

use assetmon_server::store::StoreError;
use proto_types::{ImageState, ListImages};

use crate::common::{at, complete, fleet::*, image, partial};

/// Image 1 is complete, 2 partial, 3 unscanned and stopped, 4 unscanned.
async fn fleet() -> Fleet {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let leases = fleet.full(&web, &[("a", 1), ("b", 2)]).await.leases;
    fleet
        .upload(&web, &leases[0], complete(1, &[]))
        .await
        .unwrap();
    fleet
        .upload(&web, &leases[1], partial(2, &[]))
        .await
        .unwrap();
    fleet.full(&web, &[("a", 1), ("b", 2), ("c", 3)]).await;
    fleet.pass(60);
    fleet
        .full(&web, &[("a", 1), ("aa", 1), ("b", 2), ("d", 4)])
        .await;
    fleet
}

async fn listed(fleet: &Fleet, request: ListImages) -> Vec<u8> {
    let answer = fleet.store.images(request, fleet.now()).await.unwrap();
    assert_eq!(answer.total, answer.images.len() as u64);
    let digests = answer.images.iter().map(|image| image.digest.as_bytes()[0]);
    digests.collect()
}

#[tokio::test]
async fn images_are_listed_by_digest_state_and_running() {
    let fleet = fleet().await;
    let of = |state, running| ListImages {
        state,
        running,
        ..Default::default()
    };
    assert_eq!(listed(&fleet, of(None, None)).await, [1, 2, 3, 4]);
    assert_eq!(listed(&fleet, of(None, Some(true))).await, [1, 2, 4]);
    assert_eq!(listed(&fleet, of(None, Some(false))).await, [3]);
    for (state, images) in [
        (ImageState::Complete, vec![1]),
        (ImageState::Partial, vec![2]),
        (ImageState::Unscanned, vec![3, 4]),
        (ImageState::Quarantined, vec![]),
    ] {
        assert_eq!(listed(&fleet, of(Some(state), None)).await, images);
    }
}

#[tokio::test]
async fn images_are_listed_by_the_beginning_of_their_digest() {
    let fleet = fleet().await;
    for (prefix, images) in [
        ("", vec![1, 2, 3, 4]),
        ("0", vec![1, 2, 3, 4]),
        ("02", vec![2]),
        ("0202020", vec![2]),
        ("ff", vec![]),
    ] {
        let request = ListImages {
            digest_prefix: Some(prefix.to_owned()),
            ..Default::default()
        };
        assert_eq!(listed(&fleet, request).await, images, "{prefix}");
    }
    for wrong in ["x", "sha256:02", &"0".repeat(65), "ä"] {
        let request = ListImages {
            digest_prefix: Some(wrong.to_owned()),
            ..Default::default()
        };
        let error = refused(fleet.store.images(request, fleet.now()).await);
        assert!(matches!(error, StoreError::Invalid { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn an_image_says_when_it_ran_and_what_runs_it() {
    let fleet = fleet().await;
    let running = fleet.image(1).await.summary;
    assert_eq!((running.containers, running.hosts), (2, 1));
    assert_eq!((running.first_seen, running.last_seen), (at(0), None));
    let stopped = fleet.image(3).await.summary;
    assert_eq!((stopped.containers, stopped.hosts), (0, 0));
    assert_eq!(stopped.names, ["example.org/image3:1"]);
    assert_eq!(stopped.last_seen, Some(at(60)));
}

#[tokio::test]
async fn an_unknown_image_is_said_not_to_be_there() {
    let fleet = fleet().await;
    let error = refused(fleet.store.image(image(9), fleet.now()).await);
    assert!(matches!(error, StoreError::NotFound { .. }), "{error:?}");
    let error = refused(fleet.store.retry_image(image(9)).await);
    assert!(matches!(error, StoreError::NotFound { .. }), "{error:?}");
}

#[tokio::test]
async fn status_counts_what_the_store_holds() {
    let fleet = fleet().await;
    let status = fleet.store.status(fleet.now()).await.unwrap();
    let counts = status.counts;
    assert_eq!((counts.hosts, counts.containers, counts.images), (1, 4, 4));
    assert_eq!((counts.queued_images, counts.quarantined_images), (2, 0));
    let queue: Vec<_> = status.queue.iter().map(|image| image.digest).collect();
    assert_eq!(queue, [image(4), image(2)], "failed ones come last");
}
