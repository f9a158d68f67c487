//! A disk that is full, again and again, with the log on it: changes are refused, questions are
//! answered, and all is well once there is room.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use client::Client;
use proto_types::{ErrorCode, FindRequest, ListHosts};
use rusqlite::Connection;

use super::{host, quiet::Quiet};
use crate::server::{program, refused};

/// More changes than fit into what room there may be in the files that are there.
const MOST: usize = 5_000;

/// A disk of 64 MB.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// One, where the system lets us mount it.
    fn new() -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=64m", "none"]);
        let mounted = mount.arg(dir.path()).output();
        mounted
            .is_ok_and(|mounted| mounted.status.success())
            .then_some(Self(dir))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Leaves not a byte.
    fn fill(&self) {
        let mut file = File::create(self.path().join("filler")).unwrap();
        for size in [1 << 20, 4096, 1] {
            let piece = vec![0; size];
            while file.write_all(&piece).is_ok() {}
        }
    }

    fn free(&self) {
        fs::remove_file(self.path().join("filler")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

fn rounds() -> usize {
    let asked = std::env::var("FULL_ROUNDS").ok();
    asked.and_then(|rounds| rounds.parse().ok()).unwrap_or(5)
}

/// Adds hosts until one is refused for want of room.
async fn adds_until_full(admin: &Client, added: &mut usize) {
    for _ in 0..MOST {
        match admin.send(&host(&format!("h{added}"))).await {
            Ok(_) => *added += 1,
            Err(error) => {
                assert_eq!(error.code(), Some(ErrorCode::StorageFull), "{error}");
                return;
            }
        }
    }
    panic!("the disk is never full");
}

#[tokio::test]
async fn a_full_disk_with_the_log_on_it_refuses_changes_alone_and_only_until_there_is_room() {
    let Some(disk) = SmallDisk::new() else {
        println!("not tried: only root may mount a disk of 64 MB");
        return;
    };
    let data = disk.path().join("data");
    let log = File::create(disk.path().join("log")).unwrap();
    let server = Quiet::start(&data, log).await;
    let admin = server.client(None);
    let (mut added, mut longest) = (0, Duration::ZERO);
    for _ in 0..rounds() {
        disk.fill();
        adds_until_full(&admin, &mut added).await;
        let hosts = admin.send(&ListHosts {}).await.unwrap().hosts;
        assert_eq!(
            hosts.len(),
            added,
            "what was acknowledged, and nothing else"
        );
        admin.send(&FindRequest::default()).await.unwrap();
        disk.free();
        let freed = Instant::now();
        while admin.send(&host(&format!("h{added}"))).await.is_err() {
            assert!(freed.elapsed() < Duration::from_secs(10), "there is room");
        }
        longest = longest.max(freed.elapsed());
        added += 1;
    }
    println!(
        "{} times full, writing again at most {longest:?} after",
        rounds()
    );
    assert!(server.stop().success());
    let rows = Connection::open(data.join("assetmon.db")).unwrap();
    let said = rows.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0));
    assert_eq!(said.unwrap(), "ok");
}

#[test]
fn a_server_that_is_started_on_a_full_disk_says_so_and_what_to_do() {
    let Some(disk) = SmallDisk::new() else {
        println!("not tried: only root may mount a disk of 64 MB");
        return;
    };
    disk.fill();
    let data = disk.path().join("data");
    let said = refused(program(&data).args(["--listen", "127.0.0.1:0"]));
    assert!(said.contains("is full; make room there"), "{said}");
    assert!(said.contains(data.to_str().unwrap()), "{said}");
}
