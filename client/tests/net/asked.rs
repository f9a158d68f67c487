//! A client in a process of its own, so that a test can choose its environment.

use std::process::Command;

use client::{Client, Security};
use proto_types::RevokeToken;

/// The server that the process asks.
const SERVER: &str = "ASSETMON_TEST_SERVER";

/// The CA file that it is given.
pub const CA: &str = "ASSETMON_TEST_CA";
/// Whether it may speak to other machines without TLS.
pub const INSECURE: &str = "ASSETMON_TEST_INSECURE";

/// Asks `server` something in an environment with these variables, and answers what was said.
pub fn asked(server: &str, environment: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let of_ours = |name: &str| name.to_lowercase().ends_with("_proxy") || name.starts_with("SSL_");
    for (name, _) in std::env::vars().filter(|(name, _)| of_ours(name)) {
        command.env_remove(name);
    }
    command
        .args([
            "--exact",
            "asked::in_a_process_of_its_own",
            "--ignored",
            "--nocapture",
        ])
        .env(SERVER, server)
        .envs(environment.iter().copied());
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}");
    said
}

#[tokio::test]
#[ignore = "the other tests run it"]
async fn in_a_process_of_its_own() {
    let Ok(server) = std::env::var(SERVER) else {
        return;
    };
    let security = Security {
        ca_file: std::env::var_os(CA).map(Into::into),
        cert_file: None,
        key_file: None,
        insecure_http: std::env::var_os(INSECURE).is_some(),
    };
    let token = Some("amt_secret".to_owned());
    let client = Client::secured(server.parse().unwrap(), token, &security);
    let proxy = client.as_ref().ok().and_then(|client| client.proxy());
    println!("by proxy: {}", proxy.unwrap_or("none"));
    let name = "x".to_owned();
    let answer = match client {
        Ok(client) => client.send(&RevokeToken { name }).await,
        Err(error) => Err(error),
    };
    match answer {
        Ok(_) => println!("it answers"),
        Err(error) => {
            println!("error: {error}, transient: {}", error.is_transient());
            println!("way out: {}", error.way_out().unwrap_or("none"));
        }
    }
}
