//! A crowd of connections that want nothing: it keeps nobody out, and is sent away.

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use proto_types::{CreateToken, GetStatus, Role};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::server::Server;

/// Beginnings of requests that never come whole.
const BEGINNINGS: [&str; 3] = [
    "",
    "GET /healthz HTTP/1.1\r\n",
    "POST /api/v1/enroll HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n",
];

/// Opens so many connections that each begin a request.
fn crowd(server: &Server, count: usize) -> Vec<TcpStream> {
    let begin = |beginning: &&str| {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        // Where there is no room left, it is closed already.
        let _ = stream.write_all(beginning.as_bytes());
        stream.set_nonblocking(true).unwrap();
        stream
    };
    BEGINNINGS.iter().cycle().take(count).map(begin).collect()
}

/// Whether the server has closed a connection; what it says before that is read.
fn is_closed(mut stream: &TcpStream) -> bool {
    loop {
        match stream.read(&mut [0; 1024]) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) => return error.kind() != ErrorKind::WouldBlock,
        }
    }
}

#[tokio::test]
async fn whoever_fills_the_port_keeps_no_admin_from_the_socket() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::with_files(dir.path(), 128);
    let open = crowd(&server, 140);
    server.wait_for("too many connections");
    for _ in 0..3 {
        server.admin().send(&GetStatus {}).await.unwrap();
    }
    drop(open);
    let begun = Instant::now();
    let secret = server.admin().send(&token()).await.unwrap().token;
    while let Err(error) = server
        .client(Some(secret.clone()))
        .send(&GetStatus {})
        .await
    {
        assert!(begun.elapsed() < Duration::from_secs(20), "{error}");
    }
}

#[test]
fn whoever_speaks_http_2_unasked_is_not_answered_in_it() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let mut stream = TcpStream::connect(&server.address).unwrap();
    // What such a client begins with, and its settings: none.
    let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
    stream.write_all(preface).unwrap();
    let mut answer = Vec::new();
    // It may be closed on what comes behind the preface.
    let _ = stream.read_to_end(&mut answer);
    let text = String::from_utf8_lossy(&answer);
    assert!(
        text.is_empty() || text.starts_with("HTTP/1.1 4"),
        "{text:?}"
    );
}

fn token() -> CreateToken {
    CreateToken {
        name: "reader".to_owned(),
        role: Role::Reader,
        expires_in_seconds: None,
        certificate: None,
    }
}

fn raise_files() {
    let limit = getrlimit(Resource::Nofile).maximum;
    let limit = Rlimit {
        current: limit,
        maximum: limit,
    };
    setrlimit(Resource::Nofile, limit).unwrap();
}

/// 2,000 clients that drip a byte a second: the goal is that real requests take less than a second,
/// the server less than 100 MB more, and that all of them are closed within 30 seconds.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes half a minute: cargo test -p assetmon-server --test program -- --ignored --nocapture crowd"]
async fn two_thousand_that_drip_slow_nobody_down_and_are_closed() {
    raise_files();
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let secret = server.admin().send(&token()).await.unwrap().token;
    let before = server.memory();
    let begun = Instant::now();
    let mut open = crowd(&server, 2_000);
    let (mut took, mut most) = (Vec::new(), 0);
    while !open.is_empty() && begun.elapsed() < Duration::from_secs(40) {
        let round = Instant::now();
        open.retain(|stream| !is_closed(stream));
        for mut stream in &open {
            let _ = stream.write(b"x");
        }
        for _ in 0..10 {
            let asked = Instant::now();
            let client = server.client(Some(secret.clone()));
            client.send(&GetStatus {}).await.unwrap();
            took.push(asked.elapsed());
        }
        most = most.max(server.memory());
        tokio::time::sleep(Duration::from_secs(1).saturating_sub(round.elapsed())).await;
    }
    took.sort_unstable();
    let p99 = took[took.len() * 99 / 100];
    let (more, closed) = ((most - before) >> 20, begun.elapsed());
    println!("p99 {p99:?}, {more} MiB more, all closed after {closed:?}");
    assert!(open.is_empty(), "{} are open", open.len());
    assert!(p99 < Duration::from_secs(1) && more < 100 && closed < Duration::from_secs(30));
}
