//! As a service: what whoever started the server is told, and the sockets that it hands over.

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream, UdpSocket},
    os::{
        fd::OwnedFd,
        unix::{
            fs::PermissionsExt,
            net::{UnixDatagram, UnixListener},
        },
    },
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use proto_types::GetStatus;
use rusqlite::Connection;
use rustix::process::Signal;

use super::server::{Server, program, refused};

/// How long what is waited for may take.
const SOON: Duration = Duration::from_secs(20);
/// The time after which a server without a ping is taken to hang, in microseconds; it pings four times as often.
const WATCHDOG: &str = "400000";

/// Whoever started the server, waiting to be told.
struct Manager(UnixDatagram);

impl Manager {
    fn new(dir: &Path) -> Self {
        let socket = UnixDatagram::bind(dir.join("notify")).unwrap();
        Self(socket)
    }

    /// What comes within a time.
    fn hears(&self, within: Duration) -> Option<String> {
        self.0.set_read_timeout(Some(within)).unwrap();
        let mut message = [0; 1024];
        let length = self.0.recv(&mut message).ok()?;
        Some(String::from_utf8_lossy(&message[..length]).into_owned())
    }

    /// Waits for a message with this line.
    fn waits_for(&self, line: &str) {
        let begun = Instant::now();
        while begun.elapsed() < SOON {
            let told = self.hears(SOON);
            if told.is_some_and(|told| told.lines().any(|told| told == line)) {
                return;
            }
        }
        panic!("nobody says {line}");
    }

    fn watches(&self, dir: &Path, command: &mut Command) {
        command.env("NOTIFY_SOCKET", dir.join("notify"));
        command.env("WATCHDOG_USEC", WATCHDOG);
    }
}

/// The status of the answer to a request.
fn asks(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.lines().next().unwrap_or_default().to_owned()
}

/// The server with these sockets handed over, the first as descriptor 3, as systemd does it.
fn handed(dir: &Path, first: impl Into<OwnedFd>, second: Option<OwnedFd>) -> Command {
    let server = program(dir);
    let mut command = Command::new("sh");
    let (count, moves) = match second {
        Some(_) => (2, "exec 3<&0 4<&1 0</dev/null 1>/dev/null"),
        None => (1, "exec 3<&0 0</dev/null"),
    };
    let script = format!("{moves}; export LISTEN_PID=$$ LISTEN_FDS={count}; exec \"$0\" \"$@\"");
    command.arg("-c").arg(script).arg(server.get_program());
    command.args(server.get_args());
    command.stdin(Stdio::from(first.into()));
    if let Some(second) = second {
        command.stdout(Stdio::from(second));
    }
    command
}

fn local_socket(path: &Path, mode: u32) -> OwnedFd {
    let socket = UnixListener::bind(path).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    socket.into()
}

#[test]
fn ready_is_said_when_it_answers_and_then_that_it_is_alive_and_stopping() {
    let dir = tempfile::tempdir().unwrap();
    let manager = Manager::new(dir.path());
    let mut server = Server::with(dir.path(), |command| {
        manager.watches(dir.path(), command);
        command
    });
    let first = manager.hears(SOON).unwrap();
    assert!(first.starts_with("READY=1\n"), "{first}");
    assert!(first.contains(&server.address), "{first}");
    assert_eq!(asks(&server.address, "/readyz"), "HTTP/1.1 200 OK");
    for _ in 0..3 {
        manager.waits_for("WATCHDOG=1");
    }
    server.signal(Signal::TERM);
    manager.waits_for("STOPPING=1");
    assert_eq!(server.wait().code(), Some(0));
}

#[test]
fn a_server_that_does_not_start_is_never_ready() {
    let dir = tempfile::tempdir().unwrap();
    let manager = Manager::new(dir.path());
    fs::write(dir.path().join("assetmon.db"), "no database".repeat(100)).unwrap();
    let mut command = program(dir.path());
    manager.watches(dir.path(), &mut command);
    refused(command.args(["--listen", "127.0.0.1:0"]));
    assert_eq!(manager.hears(Duration::from_millis(1)), None);
}

#[test]
fn a_writer_that_takes_no_change_is_not_called_alive() {
    let dir = tempfile::tempdir().unwrap();
    let manager = Manager::new(dir.path());
    let _server = Server::with(dir.path(), |command| {
        manager.watches(dir.path(), command);
        command
    });
    manager.waits_for("WATCHDOG=1");
    let other = Connection::open(dir.path().join("assetmon.db")).unwrap();
    other.busy_timeout(SOON).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let begun = Instant::now();
    // What was on its way comes yet, and then nothing.
    while manager.hears(Duration::from_millis(800)).is_some() {
        assert!(begun.elapsed() < SOON, "it is said to be alive");
    }
    other.execute_batch("ROLLBACK").unwrap();
    manager.waits_for("WATCHDOG=1");
}

#[tokio::test]
async fn sockets_that_are_handed_over_are_served_and_stay() {
    let dir = tempfile::tempdir().unwrap();
    let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = tcp.local_addr().unwrap().to_string();
    let unix = local_socket(&dir.path().join("admin.sock"), 0o600);
    for _ in 0..2 {
        let tcp = tcp.try_clone().unwrap();
        let mut command = handed(dir.path(), tcp, Some(unix.try_clone().unwrap()));
        let mut server = Server::run(dir.path(), &mut command);
        assert_eq!(server.address, address);
        assert_eq!(asks(&address, "/readyz"), "HTTP/1.1 200 OK");
        server.admin().send(&GetStatus {}).await.unwrap();
        server.signal(Signal::TERM);
        assert_eq!(server.wait().code(), Some(0));
        assert!(server.socket.exists(), "it isn't the server's to remove");
    }
}

#[tokio::test]
async fn what_is_not_handed_over_is_listened_on_as_the_settings_say() {
    let dir = tempfile::tempdir().unwrap();
    let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = Server::run(dir.path(), &mut handed(dir.path(), tcp, None));
    server.admin().send(&GetStatus {}).await.unwrap();
}

#[test]
fn an_address_that_is_handed_over_is_held_to_the_rule_about_tls() {
    let dir = tempfile::tempdir().unwrap();
    let tcp = TcpListener::bind("0.0.0.0:0").unwrap();
    let said = refused(&mut handed(dir.path(), tcp, None));
    assert!(said.contains("unencrypted"), "{said}");
}

#[test]
fn sockets_that_the_server_has_no_use_for_are_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let tcp = || TcpListener::bind("127.0.0.1:0").unwrap();
    let said = refused(&mut handed(dir.path(), tcp(), Some(tcp().into())));
    assert!(said.contains("addresses"), "{said}");
    let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
    let said = refused(&mut handed(dir.path(), udp, None));
    assert!(said.contains("socket 1 of those handed over"), "{said}");
    let open = local_socket(&dir.path().join("open.sock"), 0o666);
    let said = refused(&mut handed(dir.path(), open, None));
    assert!(said.contains("SocketMode=0600"), "{said}");
}
