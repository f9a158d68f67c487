//! A server whose log goes where a test says, and that nobody listens to.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{Child, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use client::{Client, ServerAddress};
use proto_types::GetStatus;
use rustix::process::{Pid, Signal, kill_process};

use super::super::server::program;

/// How long anything may take that a server does, on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server that runs. It is killed when this is dropped.
pub struct Quiet {
    child: Child,
    socket: PathBuf,
}

impl Quiet {
    /// Starts one in a folder, and waits until it answers.
    pub async fn start(dir: &Path, log: File) -> Self {
        let mut command = program(dir);
        command
            .args(["--listen", "127.0.0.1:0"])
            .env("ASSETMON_LOG", "trace")
            .stderr(Stdio::from(log));
        let server = Self {
            child: command.spawn().unwrap(),
            socket: dir.join("admin.sock"),
        };
        let (admin, begun) = (server.client(None), Instant::now());
        while admin.send(&GetStatus {}).await.is_err() {
            assert!(begun.elapsed() < PATIENCE, "it never answers");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        server
    }

    /// A client on the local socket: an admin, or whoever holds a token.
    pub fn client(&self, token: Option<String>) -> Client {
        Client::new(ServerAddress::Unix(self.socket.clone()), token).unwrap()
    }

    /// Ends it.
    pub fn stop(mut self) -> ExitStatus {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("it does not end");
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
