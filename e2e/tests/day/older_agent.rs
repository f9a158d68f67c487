//! What an older agent scanned in less detail is scanned again, once.

use e2e::{Agent, Fleet, Host, Image, Lab, Server};
use proto_types::{Artifact, ImageState, ReportResponse, ScanOutcome, ScanResponse};
use serde_json::{Value, json};

/// The SBOM of an image as the first release's agents sent it: what the shared fleet knows, without
/// what they did not keep.
fn as_of_old(image: &Image) -> Vec<Value> {
    let artifacts = Fleet::get().server.image(image.digest).artifacts;
    let artifact = |one: &Artifact| {
        json!({ "type": one.artifact_type, "name": one.name, "version": one.version,
            "purl": one.purl, "source": one.source })
    };
    artifacts.iter().map(artifact).collect()
}

/// Has an agent of old report and scan an image.
fn scan_as_of_old(server: &Server, image: &Image) {
    let host = server.enroll("older1");
    let digest = image.digest.to_string();
    let container = json!({ "name": "cache", "image_name": "x", "image_digest": digest });
    let report = json!({ "host": "older1", "containers": [container] }).to_string();
    let path = "/api/v1/reports/full";
    let answer: ReportResponse = server.ask("POST", path, Some(&host), &report).read();
    assert_eq!(answer.leases.len(), 1);
    let scan = json!({ "image": { "digest": digest, "distro": "alpine",
        "distro_version": "3.20.1", "artifacts": as_of_old(image) }, "scanner": "syft 1.18.1" });
    let path = "/api/v1/reports/scan";
    let answer: ScanResponse = server
        .ask("POST", path, Some(&host), &scan.to_string())
        .read();
    assert_eq!(answer.outcome, ScanOutcome::Stored);
}

#[test]
fn what_an_older_agent_scanned_is_scanned_again_once_by_one_that_keeps_more() {
    let alpine = Lab::get().image("alpine");
    let server = Server::new("");
    scan_as_of_old(&server, alpine);
    let before = server.image(alpine.digest);
    assert_eq!(before.summary.state, ImageState::Complete);
    assert!(before.artifacts.iter().all(|one| one.licenses.is_empty()));

    let agent = Agent::enroll(&server, Host::new("newer1", &[alpine]));
    agent.host.start("cache", alpine);
    agent.report();
    let after = server.image(alpine.digest);
    assert_eq!(after.summary.state, ImageState::Complete);
    assert_eq!(after.artifacts.len(), before.artifacts.len());
    assert!(after.artifacts.iter().all(|one| !one.licenses.is_empty()));
    assert!(!after.summary.facts.aliases.is_empty());
    assert!(after.conflicts.is_empty(), "{:?}", after.conflicts);
    agent.report();
    assert_eq!(agent.syft.scans(), 1);
}
