//! The log: for programs, and without secrets at any level.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use client::Client;
use proto_types::{
    CreateHost, CreateToken, Enroll, FullReport, GetStatus, ListTokens, ResetHost, RevokeToken,
    Role,
};
use serde_json::Value;

use super::server::Server;

const CANARY: &str = "amt_canary0canary0canary0canary0canary0canary0canary0canary0canary0";

async fn token(admin: &Client, name: &str, role: Role) -> String {
    let made = CreateToken {
        name: name.to_owned(),
        role,
        expires_in_seconds: None,
        certificate: None,
    };
    admin.send(&made).await.unwrap().token
}

fn report(host: &str) -> FullReport {
    FullReport {
        host: host.to_owned(),
        seq: Some(1),
        complete: true,
        scanner: None,
        detail: 0,
        machine: None,
        unseen: proto_types::Unseen::default(),
        containers: Vec::new(),
    }
}

#[tokio::test]
async fn every_line_parses_and_none_holds_a_secret() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::with(dir.path(), |command| command.env("ASSETMON_LOG", "trace"));
    let admin = server.admin();
    let name = || "web".to_owned();
    let code = admin.send(&CreateHost { name: name() }).await.unwrap().code;
    let enroll = Enroll::by(code.clone());
    let host = server.client(None).send(&enroll).await.unwrap().token;
    let reader = token(&admin, "reader", Role::Reader).await;
    let second = token(&admin, "admin", Role::Admin).await;
    let as_host = server.client(Some(host.clone()));
    as_host.send(&report("web")).await.unwrap();
    // Each of these is refused in its own way.
    as_host.send(&report("web")).await.unwrap_err();
    as_host.send(&report("db")).await.unwrap_err();
    as_host.send(&GetStatus {}).await.unwrap_err();
    server.client(None).send(&enroll).await.unwrap_err();
    let as_reader = server.client(Some(reader.clone()));
    as_reader.send(&GetStatus {}).await.unwrap();
    as_reader.send(&ListTokens {}).await.unwrap_err();
    let as_canary = server.client(Some(CANARY.to_owned()));
    as_canary.send(&GetStatus {}).await.unwrap_err();
    let canary = Enroll::by(CANARY.to_owned());
    as_canary.send(&canary).await.unwrap_err();
    let reset = admin.send(&ResetHost { name: name() }).await.unwrap().code;
    let as_admin = server.client(Some(second.clone()));
    let revoked = RevokeToken {
        name: "reader".to_owned(),
    };
    as_admin.send(&revoked).await.unwrap();
    as_reader.send(&GetStatus {}).await.unwrap_err();
    as_host.send(&report("web")).await.unwrap_err();

    let log = server.log();
    assert!(log.len() > 20, "it logs everything: {}", log.len());
    for line in &log {
        let event: Value = serde_json::from_str(line).unwrap();
        assert!(event["level"].is_string(), "{line}");
        for secret in [&code, &host, &reader, &second, &reset, CANARY] {
            let bare = secret.split_once('_').unwrap().1;
            assert!(!line.contains(bare), "{line}");
        }
    }
}

/// A secret as the server makes them.
fn canary() -> String {
    format!("amt_{}", "c0ffee12".repeat(8))
}

/// Sends a request as it is written here; the status of the answer.
fn raw(server: &Server, line: &str, headers: &str, body: &str) -> u16 {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let length = body.len();
    let request = format!(
        "{line} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: {length}\r\n\
         {headers}\r\n{body}"
    );
    // A server that has refused a large body may hang up before its end.
    let _ = stream.write_all(request.as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    status.unwrap_or_else(|| panic!("{line}: {answer}"))
}

#[tokio::test]
async fn no_refusal_leaves_a_secret_in_the_log() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::with(dir.path(), |command| command.env("ASSETMON_LOG", "trace"));
    let admin = token(&server.admin(), "ops", Role::Admin).await;
    let (canary, large) = (canary(), " ".repeat(2 << 20));
    let as_admin = format!("authorization: Bearer {admin}\r\n");
    let as_canary = format!("authorization: Bearer {canary}\r\n");
    let basic = format!("authorization: Basic {canary}\r\n");
    let packed = format!("{as_admin}content-encoding: {canary}\r\n");
    let (text, list) = (format!("\"{canary}\""), format!("[\"{canary}\"]"));
    let wrong = format!("{{\"code\":{{\"{canary}\":1}}}}");
    let role = format!("{{\"name\":\"a\",\"role\":\"{canary}\"}}");
    let named = format!("{{\"name\":\"{canary}\",\"role\":\"reader\"}}");
    let (tokens, enroll) = ("POST /api/v1/tokens", "POST /api/v1/enroll");
    let path = |method: &str, path: &str| format!("{method} {path}/{canary}");
    for (line, headers, body, status) in [
        (tokens, &as_canary, &named, 401),
        (tokens, &basic, &named, 401),
        (tokens, &as_admin, &role, 400),
        (tokens, &as_admin, &text, 400),
        (tokens, &as_admin, &list, 400),
        (tokens, &as_admin, &large, 413),
        (tokens, &packed, &named, 415),
        (enroll, &String::new(), &wrong, 400),
        (
            enroll,
            &String::new(),
            &format!("{{\"code\":\"{canary}\"}}"),
            401,
        ),
        (
            &path("DELETE", "/api/v1/tokens"),
            &as_admin,
            &String::new(),
            404,
        ),
        (
            &path("DELETE", "/api/v1/hosts"),
            &as_admin,
            &String::new(),
            404,
        ),
        (
            &path("GET", "/api/v1/images"),
            &as_admin,
            &String::new(),
            400,
        ),
        (&path("GET", "/nowhere"), &as_admin, &String::new(), 404),
        (
            &format!("GET /api/v1/hosts?token={canary}"),
            &basic,
            &String::new(),
            401,
        ),
        (
            &path("PUT", "/api/v1/tokens"),
            &as_admin,
            &String::new(),
            404,
        ),
    ] {
        let answered = raw(&server, line, headers, body);
        assert!(
            answered == status || (status == 415 && answered == 400),
            "{line}: {answered}"
        );
    }
    let log = server.log();
    assert!(
        log.iter().any(|line| line.contains("/api/v1/tokens/amt_…")),
        "{log:?}"
    );
    for line in &log {
        for secret in [&canary, &admin] {
            let bare = secret.split_once('_').unwrap().1;
            assert!(!line.contains(bare), "{line}");
        }
    }
}

/// The ID of the request that an error is about, as it is shown.
fn shown_id(error: &impl std::fmt::Display) -> String {
    let words = error.to_string();
    let id = words
        .split_once("(request ")
        .and_then(|(_, id)| id.strip_suffix(')'));
    id.unwrap_or_else(|| panic!("it names no request: {words}"))
        .to_owned()
}

#[tokio::test]
async fn an_error_names_the_request_as_the_log_does() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let admin = server.admin();
    let name = || "web".to_owned();
    let code = admin.send(&CreateHost { name: name() }).await.unwrap().code;
    let taken = shown_id(&admin.send(&CreateHost { name: name() }).await.unwrap_err());
    let enroll = Enroll::by(code);
    let host = server.client(None).send(&enroll).await.unwrap().token;
    let as_host = server.client(Some(host));
    let other = shown_id(&as_host.send(&report("db")).await.unwrap_err());
    let canary = server.client(Some(CANARY.to_owned()));
    let unknown = shown_id(&canary.send(&GetStatus {}).await.unwrap_err());

    let log: Vec<Value> = server
        .log()
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let lines = |id: &str| {
        log.iter()
            .filter(|line| line["span"]["id"] == id)
            .collect::<Vec<_>>()
    };
    let refused = lines(&other);
    let fields = &refused[0]["fields"];
    assert_eq!(
        (refused.len(), &fields["status"]),
        (1, &Value::from(403)),
        "{refused:?}"
    );
    assert!(
        fields["reason"]
            .as_str()
            .unwrap()
            .contains("the report names `db`")
    );
    assert_eq!(refused[0]["span"]["path"], "/api/v1/reports/full");
    // What was done for it is said of it, and that nothing was.
    let audited = lines(&taken);
    assert!(
        audited.iter().any(|line| line["target"] == "audit"),
        "{audited:?}"
    );
    // Whoever wanted to could fill the disk.
    assert_eq!(lines(&unknown), [&Value::Null; 0]);
}

#[tokio::test]
async fn what_the_writer_does_for_a_request_is_logged_under_its_id() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let host = super::load::enroll(&server, 1).await;
    server
        .client(Some(host))
        .send(&super::load::report(1, 1))
        .await
        .unwrap();
    let log = server.log();
    let granted = log
        .iter()
        .find(|line| line.contains("lease granted"))
        .unwrap();
    let granted: Value = serde_json::from_str(granted).unwrap();
    assert_eq!(granted["span"]["path"], "/api/v1/reports/full");
    assert_eq!(granted["span"]["id"].as_str().unwrap().len(), 26);
}
