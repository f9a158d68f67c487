//! TLS: who is answered, with which certificate, and what a broken one does.

mod authority;
mod clients;
mod docs;

use std::{fs, path::Path, process::Command};

use client::{CertificateFault, ClientError};
use proto_types::{GetStatus, StatusResponse};
use rcgen::date_time_ymd;
use rustix::process::Signal;

use self::authority::{Authority, replace};
use super::server::{Server, program, refused};

fn speaking<'c>(command: &'c mut Command, files: &Path) -> &'c mut Command {
    command
        .arg("--tls-cert")
        .arg(files.join("cert.pem"))
        .arg("--tls-key")
        .arg(files.join("key.pem"))
}

/// A server with the pair in `files`.
fn server(data: &Path, files: &Path) -> Server {
    Server::with(data, |command| speaking(command, files))
}

/// That the server shows a certificate of this CA to whoever connects now, and answers.
async fn is_answered(server: &Server, authority: &Authority) {
    let stranger = server.secured(&authority.file, None);
    let refused = stranger.send(&GetStatus {}).await.unwrap_err();
    assert!(refused.is_not_authorized(), "{refused}");
}

async fn status(server: &Server) -> StatusResponse {
    server.admin().send(&GetStatus {}).await.unwrap()
}

#[tokio::test]
async fn whoever_trusts_the_ca_is_answered_and_the_socket_needs_none() {
    let [data, files] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let authority = Authority::new();
    authority.sign("server", |_| {}).put(files.path());
    let server = server(data.path(), files.path());
    is_answered(&server, &authority).await;
    let other = Authority::new();
    let distrusting = server.secured(&other.file, None);
    let error = distrusting.send(&GetStatus {}).await.unwrap_err();
    let unknown = matches!(
        error,
        ClientError::Untrusted {
            fault: CertificateFault::UnknownCa,
            ..
        }
    );
    assert!(unknown, "{error}");
    let tls = status(&server).await.tls.unwrap();
    assert_eq!(tls.problem, None);
    assert!(tls.expires_at > proto_types::Timestamp::now());
}

#[tokio::test]
async fn whoever_speaks_http_to_it_is_told_to_speak_tls() {
    let [data, files] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    Authority::new().sign("server", |_| {}).put(files.path());
    let server = server(data.path(), files.path());
    let error = server.client(None).send(&GetStatus {}).await.unwrap_err();
    let ClientError::Refused { detail, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(detail.message, "this server speaks TLS");
    assert!(detail.hint.as_ref().unwrap().contains("https://"));
}

#[tokio::test]
async fn with_tls_other_addresses_are_listened_on() {
    let [data, files] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    Authority::new().sign("server", |_| {}).put(files.path());
    let server = Server::with(data.path(), |command| {
        speaking(command, files.path()).env("ASSETMON_LISTEN", "0.0.0.0:0")
    });
    status(&server).await;
}

#[test]
fn files_that_make_no_pair_are_refused_by_name() {
    let [data, files] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let authority = Authority::new();
    let [one, two] = ["one", "two"].map(|name| authority.sign(name, |_| {}));
    let start = || refused(speaking(&mut program(data.path()), files.path()));
    let (certificate, key) = (files.path().join("cert.pem"), files.path().join("key.pem"));
    let said = start();
    assert!(said.contains("cert.pem can't be read"), "{said}");
    replace(&one.certificate, &certificate);
    replace(&two.key, &key);
    let said = start();
    assert!(said.contains("do not fit together"), "{said}");
    fs::write(&key, "no key").unwrap();
    let said = start();
    assert!(said.contains("key.pem holds no private key"), "{said}");
    one.put(files.path());
    fs::write(&certificate, "no certificate").unwrap();
    let said = start();
    assert!(said.contains("cert.pem holds no certificate"), "{said}");
    for (half, other) in [("--tls-cert", "--tls-key"), ("--tls-key", "--tls-cert")] {
        let said = refused(program(data.path()).arg(half).arg(&certificate));
        assert!(said.contains(&format!("by {other}")), "{said}");
    }
    assert!(!data.path().join("assetmon.db").exists());
}

#[tokio::test]
async fn a_new_pair_is_used_and_a_broken_one_is_not_while_it_runs() {
    let [data, files] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [old, new] = [Authority::new(), Authority::new()];
    old.sign("server", |_| {}).put(files.path());
    let server = server(data.path(), files.path());
    is_answered(&server, &old).await;
    let open = server.secured(&old.file, None);
    open.send(&GetStatus {}).await.unwrap_err();

    // The certificate is there before its key is.
    let pair = new.sign("server", |_| {});
    replace(&pair.certificate, &files.path().join("cert.pem"));
    server.signal(Signal::HUP);
    server.wait_for("the old certificate stays in use");
    is_answered(&server, &old).await;
    let problem = status(&server).await.tls.unwrap().problem.unwrap();
    assert!(problem.contains("do not fit together"), "{problem}");

    replace(&pair.key, &files.path().join("key.pem"));
    server.signal(Signal::HUP);
    server.wait_for("a new certificate is in use");
    is_answered(&server, &new).await;
    assert_eq!(status(&server).await.tls.unwrap().problem, None);
    // Whoever was connected stays so.
    let refused = open.send(&GetStatus {}).await.unwrap_err();
    assert!(refused.is_not_authorized(), "{refused}");
}

#[tokio::test]
async fn a_change_of_the_files_is_noticed_without_a_signal() {
    let [data, files] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [old, new] = [Authority::new(), Authority::new()];
    old.sign("server", |_| {}).put(files.path());
    let server = server(data.path(), files.path());
    new.sign("server", |_| {}).put(files.path());
    server.wait_for("a new certificate is in use");
    is_answered(&server, &new).await;
}

#[tokio::test]
async fn a_certificate_that_ends_is_said_thirty_days_before() {
    let [data, files] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let authority = Authority::new();
    let soon = jiff::Timestamp::now().as_second() + 29 * 24 * 60 * 60;
    let soon = std::time::UNIX_EPOCH + std::time::Duration::from_secs(soon.try_into().unwrap());
    let pair = authority.sign("server", |params| params.not_after = soon.into());
    pair.put(files.path());
    let server = server(data.path(), files.path());
    server.wait_for("the certificate expires soon");
    let pair = authority.sign("server", |params| {
        params.not_after = date_time_ymd(2001, 1, 1);
    });
    pair.put(files.path());
    server.signal(Signal::HUP);
    server.wait_for("the certificate has expired");
    let expires_at = status(&server).await.tls.unwrap().expires_at;
    assert_eq!(expires_at.to_string(), "2001-01-01T00:00:00Z");
}

#[tokio::test]
async fn sighup_ends_no_server_that_has_nothing_to_read_again() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    server.signal(Signal::HUP);
    assert_eq!(status(&server).await.tls, None);
}

#[tokio::test]
async fn the_key_is_in_no_line_of_the_log() {
    let [data, files] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let authority = Authority::new();
    let pair = authority.sign("server", |_| {});
    pair.put(files.path());
    let server = Server::with(data.path(), |command| {
        speaking(command, files.path()).env("ASSETMON_LOG", "trace")
    });
    is_answered(&server, &authority).await;
    server.signal(Signal::HUP);
    server.wait_for("the certificate is as it was");
    let key = fs::read_to_string(&pair.key).unwrap();
    let secret = key.lines().nth(1).unwrap();
    for line in server.log() {
        assert!(!line.contains(secret), "{line}");
    }
}
