//! Syncs and writes that fail, by a library that stands between the server and the system.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use proto_types::{ErrorCode, GetStatus, ListHosts, TakeBackup};
use rustix::io::Errno;

use super::{super::server::Server, host};

/// A disk that fails when it is told to.
struct Disk {
    dir: tempfile::TempDir,
    library: PathBuf,
}

impl Disk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/faults/fault.c");
        let library = dir.path().join("fault.so");
        let mut compile = Command::new("cc");
        compile.args(["-shared", "-fPIC", "-o"]).arg(&library);
        assert!(compile.arg(source).status().unwrap().success());
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
