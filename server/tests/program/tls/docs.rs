//! The private CA of docs/OPERATING.md, made by its commands.

use std::{path::Path, process::Command};

use client::{Client, Security};
use proto_types::GetStatus;

use super::{Server, server};

/// The commands of the page that make a CA and a server's certificate.
fn commands() -> Vec<String> {
    let page = include_str!("../../../../docs/OPERATING.md");
    let block = page
        .lines()
        .skip_while(|line| !line.starts_with("    openssl req -x509"));
    let commands = block.take_while(|line| line.starts_with("    "));
    // The name that the test's server has.
    commands
        .map(|line| line.trim().replace("assets.example.org", "localhost"))
        .collect()
}

fn run(command: &str, dir: &Path) {
    let output = Command::new("sh")
        .args(["-ec", command])
        .current_dir(dir)
        .output()
        .unwrap();
    assert!(output.status.success(), "{command}: {output:?}");
}

#[tokio::test]
async fn the_commands_of_the_page_make_a_ca_that_agents_and_assetctl_can_trust() {
    let [data, files] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let commands = commands();
    assert_eq!(commands.len(), 5);
    for command in &commands {
        run(command, files.path());
    }
    run(
        "mv server.pem cert.pem; mv server.key key.pem",
        files.path(),
    );
    let server: Server = server(data.path(), files.path());
    let port = server.address.rsplit_once(':').unwrap().1;
    let security = Security {
        ca_file: Some(files.path().join("ca.pem")),
        ..Security::default()
    };
    let address = format!("https://localhost:{port}").parse().unwrap();
    let client = Client::secured(address, None, &security).unwrap();
    let refused = client.send(&GetStatus {}).await.unwrap_err();
    assert!(refused.is_not_authorized(), "{refused}");
}
