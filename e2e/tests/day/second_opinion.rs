//! A second host scans what another has scanned: it confirms a true SBOM, and shows up a poisoned one.

use e2e::{Agent, Host, Image, Lab, Server};
use proto_types::{ImageState, Opinion, ReportResponse, ScanOutcome, ScanResponse, SecondOpinion};
use serde_json::json;

/// How much today's agents keep of what they find.
const DETAIL: u32 = 1;

fn opinion(server: &Server, image: &Image) -> SecondOpinion {
    let said = server.image(image.digest).summary.second_opinion;
    said.expect("its SBOM is complete")
}

/// Has a host that lies say that an image holds one harmless package, as this scanner would.
fn poison(server: &Server, image: &Image, scanner: &str) {
    let token = server.enroll("liar1");
    let digest = image.digest.to_string();
    let container = json!({ "name": "orders", "image_name": "x", "image_digest": digest });
    let report = json!({ "host": "liar1", "containers": [container], "scanner": scanner,
        "detail": DETAIL });
    let path = "/api/v1/reports/full";
    let answer = server.ask("POST", path, Some(&token), &report.to_string());
    let lease = answer.read::<ReportResponse>().leases.remove(0);
    let harmless = json!({ "type": "deb", "name": "harmless", "version": "1" });
    let scan = json!({ "image": { "digest": digest, "artifacts": [harmless] },
        "scanner": scanner, "detail": DETAIL, "lease": lease.lease,
        "generation": lease.generation });
    let path = "/api/v1/reports/scan";
    let answer = server.ask("POST", path, Some(&token), &scan.to_string());
    let outcome = answer.read::<ScanResponse>().outcome;
    assert_eq!(outcome, ScanOutcome::Stored);
}

#[test]
fn a_second_host_confirms_a_true_sbom_and_a_poisoned_one_is_a_conflict_that_names_both() {
    let [alpine, db] = ["alpine", "db"].map(|name| Lab::get().image(name));
    let server = Server::new("second_opinion = 0.5");
    let first = Agent::enroll(&server, Host::new("first1", &[alpine]));
    first.host.start("cache", alpine);
    first.report();
    first.report();
    assert_eq!(first.syft.scans(), 1, "no host confirms itself");
    assert_eq!(opinion(&server, alpine).opinion, Opinion::Unconfirmed);

    let second = Agent::enroll(&server, Host::new("second1", &[alpine, db]));
    second.host.start("cache", alpine);
    second.report();
    let said = opinion(&server, alpine);
    assert_eq!(said.opinion, Opinion::Confirmed);
    assert_eq!(said.host.as_deref(), Some("second1"));
    let known = server.image(alpine.digest);
    assert_eq!(known.summary.scanned_by.as_deref(), Some("first1"));
    assert!(known.conflicts.is_empty(), "{:?}", known.conflicts);

    poison(&server, db, &known.summary.scanner.expect("it is named"));
    second.host.start("orders", db);
    second.report();
    second.report();
    assert_eq!(second.syft.scans(), 2, "one of each image");
    let said = opinion(&server, db);
    assert_eq!(said.opinion, Opinion::Conflict);
    let status = server.assetctl(&["status"]).with_status(0).stdout;
    assert!(
        status.contains("scanned differently by two hosts (1 of 1)"),
        "{status}"
    );
    let digest = db.digest.to_string();
    let shown = server
        .assetctl(&["image", &digest, "--no-trunc"])
        .with_status(0);
    for part in [&status, &shown.stdout] {
        assert!(part.contains("liar1") && part.contains("second1"), "{part}");
    }
    assert!(shown.stdout.contains("deb harmless 1"), "{}", shown.stdout);
    // The first SBOM stays in force until an admin has said who is to be believed.
    let found = server.assetctl(&["find", "harmless", "-o", "name"]);
    let mut found = found.with_status(0).lines().join(" ");
    assert!(found.contains("liar1"), "{found}");

    server
        .assetctl(&["host", "withdraw", "liar1"])
        .with_status(0);
    second.report();
    let known = server.image(db.digest);
    assert_eq!(known.summary.state, ImageState::Complete);
    assert_eq!(known.summary.scanned_by.as_deref(), Some("second1"));
    found = server.assetctl(&["find", "harmless"]).stdout;
    assert!(!found.contains("liar1"), "{found}");
}
