//! Upgrades from schema 8, whose artifacts had a row each: all of them are there, under their
//! numbers, and the file is smaller.

use std::{io::Read, path::Path, sync::Arc};

use assetmon_server::store::Store;
use proto_types::{Artifact, ChangeKind, ListChanges};

use crate::common::{at, clock_at, deb, fleet::*, image, nodejs, open_at};

const SCHEMA_8: &[u8] = include_bytes!("../data/schema-8.db.gz");

/// A moment after the last report in it.
const LAST: i64 = 400;

fn upgraded(dir: &Path) -> (u64, Arc<dyn Store>) {
    let mut bytes = Vec::new();
    let unpacked = flate2::read::GzDecoder::new(SCHEMA_8).read_to_end(&mut bytes);
    unpacked.unwrap();
    std::fs::write(dir.join("assetmon.db"), &bytes).unwrap();
    (bytes.len() as u64, open_at(dir, &clock_at(LAST)).unwrap())
}

fn licensed(artifact: Artifact) -> Artifact {
    Artifact {
        licenses: vec!["MIT".to_owned()],
        ..artifact
    }
}

#[tokio::test]
async fn images_hold_what_they_held_with_all_its_details() {
    let dir = tempfile::tempdir().unwrap();
    let (_, store) = upgraded(dir.path());
    let more = licensed(deb("x", "1"));
    for (on, held) in [
        (1, vec![nodejs(), deb("x", "1"), deb("y", "1")]),
        (2, vec![more, deb("x", "2"), deb("y", "1")]),
        (3, vec![deb("z", "1")]),
        (
            4,
            vec![
                deb("w", "1"),
                deb("x", "1"),
                licensed(deb("x", "2")),
                deb("z", "1"),
            ],
        ),
    ] {
        let detail = store.image(image(on), at(LAST)).await.unwrap();
        assert_eq!(detail.artifacts, held, "image {on}");
    }
    let status = store.status(at(LAST)).await.unwrap();
    assert_eq!(status.counts.artifacts, 8);
}

#[tokio::test]
async fn what_appeared_did_so_when_it_did_and_nothing_does_again() {
    let dir = tempfile::tempdir().unwrap();
    let (_, store) = upgraded(dir.path());
    let request = ListChanges {
        since: Some(at(0)),
        ..ListChanges::default()
    };
    let changes = store.changes(request, at(LAST)).await.unwrap().changes;
    let appeared = changes.into_iter().filter_map(|change| {
        let artifact = change.artifact?;
        assert_eq!(change.kind, ChangeKind::Appeared);
        Some((change.at, artifact.name, artifact.version))
    });
    let expected = [
        (5, "x", "1"),
        (5, "y", "1"),
        (5, "nodejs-libs", "1:18.14.2-2.el9"),
        (100, "x", "2"),
        (200, "z", "1"),
        (300, "w", "1"),
    ];
    let expected = expected.map(|(when, name, version)| (at(when), name.into(), version.into()));
    assert_eq!(appeared.collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn the_room_that_rows_took_is_given_back() {
    let dir = tempfile::tempdir().unwrap();
    let (before, store) = upgraded(dir.path());
    drop(store);
    let after = std::fs::metadata(dir.path().join("assetmon.db"));
    assert!(after.unwrap().len() < before);
    let (_, store) = (before, open_at(dir.path(), &clock_at(LAST)).unwrap());
    assert_eq!(store.status(at(LAST)).await.unwrap().counts.artifacts, 8);
}

#[tokio::test]
async fn what_is_uploaded_next_is_known_or_gets_a_number_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let (_, store) = upgraded(dir.path());
    drop(store);
    let clock = clock_at(LAST);
    let store = open_at(dir.path(), &clock).unwrap();
    let fleet = Fleet::at(dir, store, clock);
    let host = fleet.enroll("next").await;
    let held = [licensed(deb("x", "1")), nodejs(), deb("new", "1")];
    fleet.run(&host, &[("n", 7)], &held).await;
    let status = fleet.store.status(fleet.now()).await.unwrap();
    assert_eq!(status.counts.artifacts, 9);
    let fleet = fleet.reopened();
    let held = [deb("new", "1"), nodejs(), licensed(deb("x", "1"))];
    assert_eq!(fleet.image(7).await.artifacts, held);
    assert_eq!(fleet.image(1).await.artifacts.len(), 3);
}
