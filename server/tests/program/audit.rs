//! The audit log: who did what, and what came of it.

use std::time::Duration;

use client::{Client, upload};
use proto_types::{
    CreateHost, CreateToken, DropFeed, Enroll, ImageDigest, ImportFeed, RemoveHost, RescanImage,
    ResetHost, RetryImage, RevokeToken, Role, WithdrawHost, WithdrawImage,
};
use serde_json::{Value, json};

use super::server::Server;

/// A server whose log is as quiet as it can be.
fn quiet(dir: &std::path::Path) -> Server {
    Server::with(dir, |command| {
        command.env("ASSETMON_LOG", "off,assetmon_server=info")
    })
}

/// The lines of the audit log, without what differs each time.
fn lines(log: &[String]) -> Vec<Value> {
    let events = log.iter().map(|line| serde_json::from_str(line).unwrap());
    let audit = events.filter(|event: &Value| event["target"] == "audit");
    audit.map(|event| event["fields"].clone()).collect()
}

fn line(action: &str, subject: &str, outcome: &str) -> Value {
    json!({"message": "admin action", "action": action, "subject": subject, "outcome": outcome})
}

/// The same, without why it was refused.
fn bare(event: &Value, by: &[&str]) -> Value {
    let mut event = event.clone();
    let fields = event.as_object_mut().unwrap();
    fields.remove("reason");
    for name in by {
        assert!(fields.remove(*name).is_some(), "{name}: {fields:?}");
    }
    event
}

fn made(name: &str, role: Role) -> CreateToken {
    CreateToken {
        name: name.to_owned(),
        role,
        expires_in_seconds: None,
        certificate: None,
    }
}

/// Everything that an admin may change.
async fn all(by: &Client) -> Vec<bool> {
    let name = || "web".to_owned();
    let digest = ImageDigest::from_bytes([7; 32]);
    vec![
        by.send(&CreateHost { name: name() }).await.is_ok(),
        by.send(&ResetHost { name: name() }).await.is_ok(),
        by.send(&RemoveHost { name: name() }).await.is_ok(),
        by.send(&made("t", Role::Reader)).await.is_ok(),
        by.send(&RevokeToken { name: "t".into() }).await.is_ok(),
        by.send(&RetryImage { digest }).await.is_ok(),
        by.send(&RescanImage { digest }).await.is_ok(),
        by.send(&WithdrawImage { digest }).await.is_ok(),
        by.send(&WithdrawHost { name: name() }).await.is_ok(),
        imports(by).await,
        by.send(&DropFeed { source: "x".into() }).await.is_ok(),
    ]
}

/// Imports a feed of one advisory.
async fn imports(by: &Client) -> bool {
    imports_of(by, "x", r#"{"id": "X-1"}"#).await
}

async fn imports_of(by: &Client, source: &str, text: &'static str) -> bool {
    let (pieces, body) = upload();
    let sent = std::thread::spawn(move || pieces.send(text.as_bytes().to_vec()));
    let source = source.to_owned();
    let request = ImportFeed { source };
    let imported = by.upload(&request, body, Duration::from_secs(60)).await;
    let imported = imported.is_ok();
    sent.join().unwrap().ok();
    imported
}

fn image() -> String {
    ImageDigest::from_bytes([7; 32]).to_string()
}

#[tokio::test]
async fn each_change_is_logged_with_who_made_it_and_what_came_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let server = quiet(dir.path());
    let token = server.admin().send(&made("ops", Role::Admin)).await;
    let as_ops = server.client(Some(token.unwrap().token));
    let expected = [
        true, true, true, true, true, false, false, false, true, true, true,
    ];
    assert_eq!(all(&server.admin()).await, expected);
    assert_eq!(all(&as_ops).await, expected);
    let said = lines(&server.log());
    let done = |of: &[Value], by: &[&str]| -> Vec<Value> {
        of.iter().map(|event| bare(event, by)).collect()
    };
    let changes = [
        line("add_host", "web", "done"),
        line("reset_host", "web", "done"),
        line("remove_host", "web", "done"),
        line("create_token", "t (reader)", "done"),
        line("revoke_token", "t", "done"),
        line("retry_image", &image(), "refused"),
        line("rescan_image", &image(), "refused"),
        line("withdraw_image", &image(), "refused"),
        line("withdraw_host", "web", "done"),
        line("import_feed", "x", "done"),
        line("drop_feed", "x", "done"),
    ];
    assert_eq!(said.len(), 23, "{said:?}");
    assert_eq!(done(&said[1..12], &["uid", "pid"]), changes);
    assert_eq!(done(&said[12..], &["token"]), changes);
    let this = (std::process::id(), rustix::process::getuid().as_raw());
    assert_eq!(
        (&said[1]["pid"], &said[1]["uid"]),
        (&json!(this.0), &json!(this.1))
    );
    assert_eq!(said[12]["token"], "ops");
    assert!(
        said[6]["reason"].as_str().unwrap().contains("image"),
        "{said:?}"
    );
}

#[tokio::test]
async fn an_import_is_logged_whatever_it_is_of() {
    let dir = tempfile::tempdir().unwrap();
    let server = quiet(dir.path());
    let feeds = [
        (
            "KEV",
            r#"{"title": "KEV", "catalogVersion": "1", "count": 1,
                "vulnerabilities": [{"cveID": "CVE-2026-1", "dateAdded": "2026-03-10"}]}"#,
        ),
        (
            "EPSS",
            "#model_version:v1,score_date:2026-11-29T00:00:00+0000\ncve,epss,percentile\nCVE-2026-1,0.5,0.5\n",
        ),
        (
            "vendor",
            r#"{"@context": "https://openvex.dev/ns/v0.2.0", "author": "x", "timestamp": "2026-03-01T00:00:00Z",
                "statements": [{"vulnerability": {"name": "CVE-2026-1"}, "products": [{"@id": "pkg:npm/x"}],
                                "status": "fixed"}]}"#,
        ),
        ("broken", r#"{"id": "#),
    ];
    for (source, text) in feeds {
        assert_eq!(
            imports_of(&server.admin(), source, text).await,
            source != "broken",
            "{source}"
        );
    }
    let said = lines(&server.log());
    let by = ["uid", "pid"];
    let outcomes = feeds.map(|(source, _)| match source {
        "broken" => line("import_feed", source, "refused"),
        source => line("import_feed", source, "done"),
    });
    let said: Vec<Value> = said.iter().map(|event| bare(event, &by)).collect();
    assert_eq!(said, outcomes);
}

#[tokio::test]
async fn whoever_may_not_is_logged_too() {
    let dir = tempfile::tempdir().unwrap();
    let server = quiet(dir.path());
    let admin = server.admin();
    let token = admin.send(&made("eve", Role::Reader)).await.unwrap().token;
    let name = "web".to_owned();
    let code = admin.send(&CreateHost { name }).await.unwrap().code;
    let host = admin.send(&Enroll::by(code)).await.unwrap().token;
    for token in [token, host] {
        assert_eq!(all(&server.client(Some(token))).await, [false; 11]);
    }
    let said = lines(&server.log());
    let refused: Vec<_> = said
        .iter()
        .filter(|one| one["outcome"] == "refused")
        .collect();
    assert_eq!(refused.len(), 22, "{said:?}");
    assert_eq!(
        bare(refused[1], &["token"]),
        line("POST", "/api/v1/hosts/web/reset", "refused")
    );
    assert_eq!(refused[1]["token"], "eve");
    assert_eq!(
        bare(refused[13], &["host"]),
        line("DELETE", "/api/v1/hosts/web", "refused")
    );
    assert_eq!(refused[13]["host"], "web");
}

#[tokio::test]
async fn a_name_forges_no_line_and_a_token_in_its_place_is_left_out() {
    let dir = tempfile::tempdir().unwrap();
    let server = quiet(dir.path());
    let admin = server.admin();
    let token = admin.send(&made("ops", Role::Admin)).await.unwrap().token;
    for name in ["a\nb \u{1b}[31m\u{202e}", token.as_str()] {
        let name = name.to_owned();
        admin.send(&RevokeToken { name }).await.unwrap_err();
    }
    let said = lines(&server.log());
    assert_eq!(said[1]["subject"], "a\\nb \\x1b[31m\\u{202e}");
    assert_eq!(said[2]["subject"], "amt_…");
    assert!(
        said[2]["reason"].as_str().unwrap().contains("amt_…"),
        "{said:?}"
    );
}
