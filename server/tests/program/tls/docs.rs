//! The private CA of docs/OPERATING.md, made by its commands.

use std::{path::Path, process::Command};

use client::{Client, Security};
use proto_types::GetStatus;

use super::{Server, speaking};

/// How the command begins that makes a client's key.
const FOR_A_CLIENT: &str = "openssl req -new -nodes -newkey ec \
    -pkeyopt ec_paramgen_curve:P-256 -subj \"/CN=web1\"";

/// The commands of the page from one that begins so to the end of their block.
fn commands(first: &str) -> Vec<String> {
    let first = format!("    {first}");
    let page = include_str!("../../../../docs/OPERATING.md");
    let block = page.lines().skip_while(|line| !line.starts_with(&first));
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
    let own = commands("openssl req -x509");
    assert_eq!(own.len(), 5);
    let of_client = commands(FOR_A_CLIENT);
    assert_eq!(of_client.len(), 2);
    for command in own.iter().chain(&of_client) {
        run(command, files.path());
    }
    run(
        "mv server.pem cert.pem; mv server.key key.pem",
        files.path(),
    );
    let ca_file = files.path().join("ca.pem");
    let server = Server::with(data.path(), |command| {
        speaking(command, files.path())
            .arg("--tls-client-ca")
            .arg(&ca_file)
    });
    let port = server.address.rsplit_once(':').unwrap().1;
    let security = Security {
        ca_file: Some(ca_file.clone()),
        cert_file: Some(files.path().join("client.pem")),
        key_file: Some(files.path().join("client.key")),
        insecure_http: false,
    };
    let address = format!("https://localhost:{port}").parse().unwrap();
    let client = Client::secured(address, None, &security).unwrap();
    let refused = client.send(&GetStatus {}).await.unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("the client certificate is not bound to anyone"),
        "{refused}"
    );
}
