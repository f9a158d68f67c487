//! Uploads: what is refused on the way, or by the server, concerns that image and no other.

use serde_json::{Value, json};

use crate::support::{DB, Ended, Host, WEB, document, server::error};

/// A cycle in which the first of two uploads is answered this way.
fn refused(status: u16, body: Value) -> (Host, Ended) {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB), ("db", DB)]);
    host.server.leases(&[WEB, DB]);
    host.server.answers("reports/scan", status, body);
    let mut command = host.command(&["report"]);
    command.env("ASSETMON_AGENT_UPLOAD_PATIENCE", "0s");
    let ended = Ended::from(command.output().unwrap());
    (host, ended)
}

/// That the refused image was told as a failure of the host, and the next one uploaded.
fn goes_on(host: &Host, says: &str) {
    let failure = &host.server.bodies("reports/scan-failure")[0];
    let of = (&failure["image_digest"], &failure["cause"]);
    assert_eq!(of, (&json!(WEB), &json!("environment")));
    let message = failure["message"].as_str().unwrap();
    assert!(message.contains(says), "{message}");
    let uploads = host.server.bodies("reports/scan");
    let last = &uploads.last().unwrap()["image"]["digest"];
    assert_eq!(last, DB);
}

#[test]
fn what_a_proxy_answers_to_an_upload_does_not_keep_the_next_image_from_being_scanned() {
    for status in [400, 401, 403, 404, 408, 411, 413, 429] {
        let (host, ended) = refused(status, json!("<html>"));
        ended.with(0);
        goes_on(&host, &format!("status {status}"));
    }
}

#[test]
fn a_proxy_that_takes_no_large_bodies_is_named_with_what_to_set_there() {
    let (host, ended) = refused(413, json!("<html>"));
    ended.with(0).saying("client_max_body_size");
    goes_on(&host, "client_max_body_size");
}

#[test]
fn an_upload_that_is_forbidden_is_no_reason_to_enroll_again() {
    let refusal = error("forbidden", "another host holds the lease");
    let (host, ended) = refused(403, refusal);
    let ended = ended.with(0);
    assert!(!ended.stderr.contains("enroll"), "{}", ended.stderr);
    goes_on(&host, "another host holds the lease");
}

#[test]
fn a_server_that_wants_fewer_uploads_does_not_end_the_cycle() {
    let (host, ended) = refused(429, error("rate_limited", "later"));
    ended.with(0);
    goes_on(&host, "later");
}

#[test]
fn a_failure_that_cannot_be_told_does_not_end_the_cycle() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB), ("db", DB)]);
    host.server.leases(&[WEB, DB]);
    for path in ["reports/scan", "reports/scan-failure"] {
        host.server.answers(path, 403, json!("<html>"));
    }
    host.run(&["report"]).with(0);
    assert_eq!(host.server.bodies("reports/scan")[1]["image"]["digest"], DB);
}

#[test]
fn a_token_that_is_revoked_during_a_cycle_ends_it() {
    let refusal = error("unauthorized", "the token is revoked");
    let (host, ended) = refused(401, refusal);
    ended.with(4).saying("assetctl host reset");
    assert_eq!(host.server.bodies("reports/scan").len(), 1);
}

#[test]
fn a_large_sbom_travels_packed() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.server.leases(&[WEB]);
    let names: Vec<String> = (0..500).map(|number| format!("package-{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    host.syft_prints(&document(&names));
    host.run(&["report"]).with(0);
    let requests = host.server.requests();
    let path = "/api/v1/reports/scan";
    let upload = requests.iter().find(|one| one.path == path).unwrap();
    assert!(upload.is_packed);
    let artifacts = upload.body["image"]["artifacts"].as_array().unwrap();
    assert_eq!(artifacts.len(), 500);
}
