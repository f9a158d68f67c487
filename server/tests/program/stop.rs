//! Stopping: at once where nothing is under way, and cleanly.

use std::{
    io::Write,
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use proto_types::{CreateHost, CreateToken, GetStatus, Role};
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
async fn a_request_without_an_end_holds_up_no_stop_for_as_long_as_it_likes() {
    let dir = tempfile::tempdir().unwrap();
    let mut server = Server::start(dir.path());
    let reader = CreateToken {
        name: "reader".to_owned(),
        role: Role::Reader,
        expires_in_seconds: None,
        certificate: None,
    };
    let secret = server.admin().send(&reader).await.unwrap().token;
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = "POST /api/v1/find HTTP/1.1\r\nhost: x\r\ncontent-length: 8000000\r\n";
    write!(stream, "{head}authorization: Bearer {secret}\r\n\r\n").unwrap();
    stream.write_all(b"{").unwrap();
    // Fast enough to be let go on for minutes.
    let sending = thread::spawn(move || {
        while stream.write_all(&[b' '; 4096]).is_ok() {
            thread::sleep(Duration::from_millis(100));
        }
    });
    thread::sleep(Duration::from_millis(300));
    assert!(!sending.is_finished());
    server.signal(Signal::TERM);
    assert_eq!(server.wait().code(), Some(0));
    sending.join().unwrap();
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
