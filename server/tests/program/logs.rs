//! The log: for programs, and without secrets at any level.

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
    let enroll = Enroll { code: code.clone() };
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
    let canary = Enroll {
        code: CANARY.to_owned(),
    };
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
