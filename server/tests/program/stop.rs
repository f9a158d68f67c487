//! Stopping: at once where nothing is under way, and cleanly.

use std::time::{Duration, Instant};

use proto_types::{CreateHost, GetStatus};
use rustix::process::Signal;

use super::server::Server;

#[tokio::test]
async fn sigterm_and_ctrl_c_end_it_well_and_at_once() {
    for signal in [Signal::TERM, Signal::INT] {
        let dir = tempfile::tempdir().unwrap();
        let mut server = Server::start(dir.path());
        let (admin, other) = (server.admin(), server.client(None));
        let name = "web".to_owned();
        admin.send(&CreateHost { name }).await.unwrap();
        // Both leave a connection open that nothing is under way on.
        other.send(&GetStatus {}).await.unwrap_err();
        let begun = Instant::now();
        server.signal(signal);
        assert_eq!(server.wait().code(), Some(0));
        assert!(
            begun.elapsed() < Duration::from_secs(3),
            "{:?}",
            begun.elapsed()
        );
        assert!(!server.socket.exists());
        let wal = dir.path().join("assetmon.db-wal");
        assert!(!wal.exists(), "everything is in the one file");
    }
}

#[tokio::test]
async fn what_was_written_is_there_after_a_stop() {
    let dir = tempfile::tempdir().unwrap();
    for round in 0..3 {
        let server = Server::start(dir.path());
        let status = server.admin().send(&GetStatus {}).await.unwrap();
        assert_eq!(status.counts.hosts, round);
        let name = format!("host{round}");
        server.admin().send(&CreateHost { name }).await.unwrap();
        server.log();
    }
}
