//! The demo: a fleet with a past that goes on, and that leaves nothing.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use client::{Client, ServerAddress};
use jiff::SignedDuration;
use proto_types::{Field, FindRequest, HostState, ListChanges, ListHosts, Match, Op, Timestamp};
use rustix::process::{Pid, Signal, kill_process};

use super::server::{program, refused};

/// A demo that runs, with the folder that it was to make its own in.
struct Demo {
    child: Child,
    said: String,
}

impl Demo {
    fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        let out = child.stdout.take().unwrap();
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            said += &(line + "\n");
            if said.contains("Ctrl-C ends it") {
                break;
            }
        }
        Self { child, said }
    }

    fn socket(&self) -> PathBuf {
        let (_, rest) = self.said.split_once("ASSETCTL_SERVER=unix:").unwrap();
        PathBuf::from(rest.lines().next().unwrap())
    }

    fn admin(&self) -> Client {
        Client::new(ServerAddress::Unix(self.socket()), None).unwrap()
    }

    fn stop(mut self, signal: Signal) {
        let id = Pid::from_child(&self.child);
        kill_process(id, signal).unwrap();
        assert!(self.child.wait().unwrap().success());
    }
}

/// The program, in whose temporary folder a demo makes its own.
fn demo(temporary: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_assetmon-server"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ASSETMON_")) {
        command.env_remove(name);
    }
    command.arg("--demo").env("TMPDIR", temporary);
    command
}

fn is(field: Field, value: &str) -> Match {
    Match {
        field,
        op: Op::Eq,
        value: value.to_owned(),
    }
}

fn days_ago(days: i64) -> Timestamp {
    Timestamp::now() - SignedDuration::from_hours(24 * days)
}

#[tokio::test]
async fn a_demo_has_a_fleet_with_every_kind_of_host_and_thirty_days_of_past() {
    let dir = tempfile::tempdir().unwrap();
    let demo = Demo::start(&mut demo(dir.path()));
    let admin = demo.admin();
    let hosts = admin.send(&ListHosts {}).await.unwrap().hosts;
    assert!(
        demo.said.contains(&format!("{} hosts", hosts.len())),
        "{}",
        demo.said
    );
    let count = |state| hosts.iter().filter(|host| host.state == state).count();
    assert_eq!(count(HostState::Silent), 2);
    assert_eq!(count(HostState::Pending), 1);
    assert_eq!(count(HostState::Incomplete), 1);
    let xz = vec![is(Field::Name, "xz-utils"), is(Field::Version, "5.6.1-1")];
    let ask = |at| FindRequest {
        matches: xz.clone(),
        at,
        ..FindRequest::default()
    };
    let now = admin.send(&ask(None)).await.unwrap();
    assert_eq!(now.summary.containers, 0);
    // No host that reports now is silent in the past.
    let then = admin.send(&ask(Some(days_ago(20)))).await.unwrap();
    assert!(then.summary.containers > 0);
    assert_eq!(then.coverage.silent_hosts, 0);
    let changes = ListChanges {
        since: Some(days_ago(1)),
        host: None,
        limit: None,
        cursor: None,
    };
    assert!(!admin.send(&changes).await.unwrap().changes.is_empty());
    demo.stop(Signal::INT);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_demo_in_a_named_folder_leaves_it_and_takes_none_that_holds_something() {
    let dir = tempfile::tempdir().unwrap();
    let named = dir.path().join("kept");
    let demo = Demo::start(demo(dir.path()).arg("--data-dir").arg(&named));
    let end = format!("its data stays in {}", named.display());
    assert!(demo.said.contains(&end), "{}", demo.said);
    let advisory = fs::read_to_string(named.join("DEMO-2026-0001.json")).unwrap();
    assert!(advisory.contains("DEMO-2026-0001"));
    demo.stop(Signal::TERM);
    assert!(named.join("assetmon.db").exists());
    let said = refused(program(&named).arg("--demo"));
    assert!(said.contains("isn't empty"), "{said}");
}
