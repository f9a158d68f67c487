//! `assetctl backup`: a file that is whole, for its owner alone, and in nobody's place.

use std::{fs, os::unix::fs::PermissionsExt};

use crate::{fleet::Fleet, support::time};

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_a_file_for_its_owner_alone() {
    let mut fleet = Fleet::start(time("2026-11-01T00:00:00Z")).await;
    fleet.enroll("web").await;
    let file = fleet.dir.path().join("copy.db");
    let (status, said, beside) = fleet.run(&["backup", file.to_str().unwrap()]);
    assert_eq!((status, said.as_str()), (0, ""), "{beside}");
    assert!(
        beside.starts_with("saved ") && beside.contains("copy.db"),
        "{beside}"
    );
    assert!(fs::read(&file).unwrap().starts_with(b"SQLite format 3\0"));
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(fleet.dir.path()).unwrap().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_overwrites_nothing() {
    let fleet = Fleet::start(time("2026-11-01T00:00:00Z")).await;
    let file = fleet.dir.path().join("mine");
    fs::write(&file, "mine").unwrap();
    let (status, _, beside) = fleet.run(&["backup", file.to_str().unwrap()]);
    assert_eq!(status, 2);
    assert!(beside.contains("exists"), "{beside}");
    assert_eq!(fs::read(&file).unwrap(), b"mine");
    let nowhere = fleet.dir.path().join("nowhere/copy.db");
    let (status, _, beside) = fleet.run(&["backup", nowhere.to_str().unwrap()]);
    assert_eq!(status, 2);
    assert!(beside.contains("cannot write"), "{beside}");
}
