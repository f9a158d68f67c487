//! The example clients of docs/API.md, as they stand there: each is enrolled, reports, takes a lease,
//! uploads a scan and finds.

use std::process::Command;

use proto_types::{CreateHost, CreateToken, FindResponse, GetStatus, Role};

use super::server::Server;

const API: &str = include_str!("../../../docs/API.md");

/// The indented block that begins with this line, without its indentation.
fn block(first: &str) -> String {
    let lines = API.lines().skip_while(|line| line.trim() != first);
    let lines = lines.take_while(|line| line.is_empty() || line.starts_with("    "));
    let block: Vec<_> = lines
        .map(|line| line.strip_prefix("    ").unwrap_or_default())
        .collect();
    assert!(block.len() > 5, "the page has no block `{first}`");
    block.join("\n")
}

/// Runs a client as a host of this name; what it printed.
async fn run(server: &Server, name: &str, interpreter: &[&str], client: &str) -> String {
    let admin = server.admin();
    let added = CreateHost {
        name: name.to_owned(),
    };
    let code = admin.send(&added).await.unwrap().code;
    let reader = CreateToken {
        name: format!("reads for {name}"),
        role: Role::Reader,
        expires_in_seconds: None,
        certificate: None,
    };
    let reader = admin.send(&reader).await.unwrap().token;
    let mut command = Command::new(interpreter[0]);
    command
        .args(&interpreter[1..])
        .args(["-c", client])
        .env("SERVER", format!("http://{}", server.address))
        .envs([("CODE", code), ("READER", reader)]);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap());
    let output = output.await.unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_clients_report_scan_and_find() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());

    let python = block("import json, os, urllib.request");
    assert!(python.trim().lines().count() <= 31, "it is thirty lines");
    let found = run(&server, "python", &["python3"], &python).await;
    assert_eq!(found, "python web openssl 3.0.11-1~deb12u2\nproof\n");

    let curl = block("set -eu");
    let found = run(&server, "curl", &["sh"], &curl).await;
    let found: FindResponse = serde_json::from_str(&found).unwrap();
    let rows = found.results.unwrap();
    let hosts: Vec<_> = rows.iter().map(|row| row.host.as_str()).collect();
    assert_eq!(hosts, ["python", "curl"]);

    let status = server.admin().send(&GetStatus {}).await.unwrap();
    assert_eq!((status.coverage.hosts, status.coverage.complete), (2, true));
}
