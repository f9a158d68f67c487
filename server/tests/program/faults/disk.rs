//! Syncs and writes that fail, by a library that stands between the server and the system.

use std::{fs, path::PathBuf};

use client::{Client, ClientError};
use proto_types::{Artifact, ErrorCode, GetImage, GetStatus, ImageDigest, ListHosts, TakeBackup};
use rustix::io::Errno;

use super::{
    super::{load, server::Server},
    host, library,
};

/// A disk that fails when it is told to.
struct Disk {
    dir: tempfile::TempDir,
    library: PathBuf,
}

impl Disk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let library = library(dir.path(), "fault.c");
        Self { dir, library }
    }

    fn orders(&self) -> PathBuf {
        self.dir.path().join("orders")
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn server(&self) -> Server {
        Server::with(&self.data(), |command| {
            command
                .env("LD_PRELOAD", &self.library)
                .env("FAULT_ORDERS", self.orders())
        })
    }

    /// From now on, such calls fail.
    fn fail(&self, calls: &str, by: Errno) {
        // Renamed, for it is read at any time.
        let new = self.dir.path().join("new");
        fs::write(&new, format!("{calls} {}", by.raw_os_error())).unwrap();
        fs::rename(new, self.orders()).unwrap();
    }

    fn mend(&self) {
        fs::remove_file(self.orders()).unwrap();
    }
}

#[tokio::test]
async fn a_server_whose_commit_fails_ends_and_has_acknowledged_nothing_that_is_lost() {
    for calls in ["sync assetmon.db-wal", "write assetmon.db-wal"] {
        let disk = Disk::new();
        let mut server = disk.server();
        let admin = server.admin();
        admin.send(&host("before")).await.unwrap();
        disk.fail(calls, Errno::IO);
        admin.send(&host("lost")).await.unwrap_err();
        assert_eq!(server.wait().code(), Some(1), "{calls}");
        let log = server.ended_log();
        let said = log.iter().any(|line| line.contains("a commit failed"));
        assert!(said, "{calls}: {log:?}");
        let last = log.last().unwrap();
        assert!(last.contains("nothing can be written any more"), "{last}");
        disk.mend();
        let server = disk.server();
        let admin = server.admin();
        let hosts = admin.send(&ListHosts {}).await.unwrap().hosts;
        assert!(hosts.iter().any(|host| host.name == "before"), "{hosts:?}");
        admin.send(&host("after")).await.unwrap();
        admin.send(&GetStatus {}).await.unwrap();
    }
}

#[tokio::test]
async fn a_backup_that_the_disk_has_no_room_for_is_refused_and_leaves_nothing_behind() {
    let disk = Disk::new();
    let server = disk.server();
    let admin = server.admin();
    disk.fail("write assetmon.backup", Errno::NOSPC);
    let refused = admin.send(&TakeBackup {}).await.unwrap_err();
    assert_eq!(refused.code(), Some(ErrorCode::StorageFull));
    assert!(!disk.data().join("assetmon.backup").exists());
    admin.send(&host("meanwhile")).await.unwrap();
    disk.mend();
    admin.send(&TakeBackup {}).await.unwrap();
}

/// Reports an image of its own and uploads what is in it: a megabyte that no packing makes less.
async fn upload(client: &Client, seq: u64) -> Result<ImageDigest, ClientError> {
    let given = client.send(&load::report(0, seq)).await?;
    let digest = load::image(0, seq);
    let lease = given
        .leases
        .iter()
        .find(|lease| lease.image_digest == digest);
    let mut scan = load::scan(0, seq, lease.unwrap());
    let mut random = seq;
    let mut digits = || {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        format!("{random:016x}")
    };
    scan.image.artifacts = (0..1_000)
        .map(|_| Artifact {
            name: (0..60).map(|_| digits()).collect(),
            ..load::artifact(0, seq)
        })
        .collect();
    client.send(&scan).await?;
    Ok(digest)
}

#[tokio::test]
async fn a_server_whose_checkpoint_fails_ends_and_loses_nothing_that_it_acknowledged() {
    let disk = Disk::new();
    let mut server = disk.server();
    let client = server.client(Some(load::enroll(&server, 0).await));
    disk.fail("sync assetmon.db", Errno::IO);
    let mut stored = Vec::new();
    for seq in 1..200 {
        match upload(&client, seq).await {
            Ok(digest) => stored.push(digest),
            Err(_) => break,
        }
    }
    assert!((10..199).contains(&stored.len()), "{}", stored.len());
    assert_eq!(server.wait().code(), Some(1));
    let log = server.ended_log();
    let said = log
        .iter()
        .any(|line| line.contains("could not be taken over"));
    assert!(said, "{log:?}");
    disk.mend();
    let server = disk.server();
    let admin = server.admin();
    for digest in stored {
        let image = admin.send(&GetImage { digest }).await.unwrap();
        assert_eq!(image.artifacts.len(), 1_000);
    }
}
