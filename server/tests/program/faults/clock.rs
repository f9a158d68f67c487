//! The whole server by a clock that is set back and forth by days and years, which libfaketime turns
//! for it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use client::Client;
use jiff::{SignedDuration, Timestamp};
use proto_types::{
    Field, FindRequest, GetStatus, HostState, ListContainers, ListHosts, Match, Op, ScanOutcome,
};

use super::super::{load, server::Server};

const DAY: i64 = 24;
const YEARS: i64 = 10 * 365 * DAY;
/// By how many hours the clock is wrong, one after the other.
const WRONG: [i64; 9] = [0, DAY, 0, -DAY, 0, YEARS, 0, -YEARS, 0];

/// Where Debian's package `faketime` has put the library.
fn library() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").ok()?.flatten();
    let mut paths = folders.map(|folder| folder.path().join("faketime/libfaketimeMT.so.1"));
    paths.find(|path| path.exists())
}

/// A machine with a clock that can be set.
struct Machine {
    dir: tempfile::TempDir,
    library: PathBuf,
}

impl Machine {
    fn clock(&self) -> PathBuf {
        self.dir.path().join("clock")
    }

    fn set(&self, hours: i64) {
        // Renamed, for it is read at any time.
        let new = self.dir.path().join("new");
        fs::write(&new, format!("{hours:+}h")).unwrap();
        fs::rename(new, self.clock()).unwrap();
    }

    fn start(&self) -> Server {
        let data: &Path = &self.dir.path().join("data");
        Server::with(data, |command| {
            command
                .env("LD_PRELOAD", &self.library)
                .env("FAKETIME_TIMESTAMP_FILE", self.clock())
                .env("FAKETIME_NO_CACHE", "1")
                // How long something takes is not what the clock says.
                .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        })
    }
}

/// Reports a container on a new image and uploads what that holds.
async fn reports(host: &Client, seq: u64) {
    let answer = host.send(&load::report(0, seq)).await.unwrap();
    let mut leases = answer.leases.iter();
    let lease = leases.find(|lease| lease.image_digest == load::image(0, seq));
    let scan = load::scan(0, seq, lease.unwrap());
    let outcome = host.send(&scan).await.unwrap().outcome;
    assert_eq!(outcome, ScanOutcome::Stored);
}

/// What the server answers is what was reported last, all of it, by the time that its clock says.
async fn answers(admin: &Client, seq: u64, hours: i64) {
    let status = admin.send(&GetStatus {}).await.unwrap();
    let wrong = status.as_of.duration_since(Timestamp::now());
    let off = wrong - SignedDuration::from_hours(hours);
    assert!(
        off.abs() < SignedDuration::from_mins(10),
        "{hours}: {wrong}"
    );
    assert!(status.coverage.complete, "{hours}: {:?}", status.coverage);
    let hosts = admin.send(&ListHosts {}).await.unwrap().hosts;
    assert_eq!(hosts[0].state, HostState::Reporting, "{hours}");
    let listed = admin.send(&ListContainers::default()).await.unwrap();
    let names: Vec<String> = listed.containers.into_iter().map(|one| one.name).collect();
    assert_eq!(names, [format!("c{seq}")]);
    for (wanted, total) in [(seq, 1), (seq - 1, 0)] {
        let named = FindRequest {
            matches: vec![Match {
                field: Field::Name,
                op: Op::Eq,
                value: load::artifact(0, wanted).name,
            }],
            ..FindRequest::default()
        };
        assert_eq!(admin.send(&named).await.unwrap().total, total, "{hours}");
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_and_forth_by_days_and_years_changes_no_answer_about_now() {
    let Some(library) = library() else {
        println!("not tried: there is no libfaketime");
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let machine = Machine { dir, library };
    machine.set(0);
    let mut server = machine.start();
    let token = load::enroll(&server, 0).await;
    let mut seq = 0;
    for hours in WRONG {
        machine.set(hours);
        // While it runs, and where it starts by such a clock.
        for _ in 0..2 {
            seq += 1;
            reports(&server.client(Some(token.clone())), seq).await;
            answers(&server.admin(), seq, hours).await;
            server.kill();
            server = machine.start();
            answers(&server.admin(), seq, hours).await;
        }
    }
    // A code that was made by the right clock is good.
    load::enroll(&server, 1).await;
}
