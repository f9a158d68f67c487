//! `report`: what the server is told, and how the cycle ends.

use crate::support::{self, DB, Host, PODMAN, WEB, server::error};
use serde_json::json;

/// What podman 4.3.1 lists of three containers, with names of 1,100, 5,000 and 3 bytes.
const LONG_NAMES: &str = include_str!("../data/long-names.json");
/// What it lists of `podman run --rootfs`, beside a pod's infra container as podman 5.5 has them.
const ROOTFS: &str = include_str!("../data/rootfs.json");

#[test]
fn a_cycle_tells_what_runs_scans_what_is_leased_and_reports_again() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB), ("other", WEB)]);
    host.server.leases(&[WEB]);
    host.run(&["report"]).with(0).saying("stored 1 artifacts");

    let reports = host.server.bodies("reports/full");
    assert_eq!(reports.len(), 2);
    assert_eq!(reports[0]["host"], "web1");
    assert_eq!(
        (&reports[0]["seq"], &reports[1]["seq"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(reports[0]["complete"], true);
    assert_eq!(reports[0]["scanner"], "syft 9.9.9");
    let container = json!({"name": "nginx", "image_name": "docker.io/x:1", "image_digest": WEB});
    assert_eq!(reports[0]["containers"][0], container);

    let scan = &host.server.bodies("reports/scan")[0];
    assert_eq!(scan["image"]["digest"], WEB);
    assert_eq!(scan["image"]["distro"], "debian");
    assert_eq!(scan["image"]["artifacts"][0]["source"], "bash");
    assert_eq!(
        (&scan["lease"], &scan["generation"]),
        (&json!("l1"), &json!(3))
    );
    assert_eq!(scan["status"], "complete");
    assert_eq!(host.leftovers(), 0);
    assert!(
        host.read("podman-calls")
            .contains(&format!("image unmount {WEB}"))
    );
}

#[test]
fn a_container_that_is_being_stopped_still_runs() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB), ("gone", DB)]);
    let listed = host.read("ps.json");
    let listed = listed.replacen("running", "stopping", 1);
    host.write("ps.json", &listed.replace("running", "exited"));
    // Podman's filters don't know the state.
    let all = "case $* in *--all*) cat ps.json ;; *) echo '[]' ;; esac";
    host.script("podman", &PODMAN.replace("cat ps.json", all));
    host.run(&["report"]).with(0);
    let report = &host.server.bodies("reports/full")[0];
    assert_eq!(report["complete"], true);
    assert_eq!(report["containers"].as_array().unwrap().len(), 1);
    assert_eq!(report["containers"][0]["name"], "nginx");
}

#[test]
fn the_token_goes_with_every_request() {
    let host = Host::enrolled();
    host.run(&["report"]).with(0);
    assert_eq!(
        host.server.requests()[0].token.as_deref(),
        Some("canary-token")
    );
}

#[test]
fn a_stale_report_makes_the_counter_leap_and_is_sent_again() {
    let host = Host::enrolled();
    let mut stale = error("stale_report", "seq 1 is not newer than 41");
    stale["error"]["last_seq"] = json!(41);
    host.server.answers("reports/full", 409, stale);
    host.run(&["report"]).with(0);
    assert_eq!(host.server.bodies("reports/full")[1]["seq"], 42);
    let listings = host.read("podman-calls").matches("ps ").count();
    assert_eq!(listings, 2, "it looked again before it reported again");
    host.run(&["report"]).with(0);
    assert_eq!(host.server.bodies("reports/full")[2]["seq"], 43);
}

#[test]
fn a_listing_that_fails_ends_nothing_and_is_no_finished_cycle() {
    let host = Host::enrolled();
    host.write("podman-fails", "");
    host.run(&["report"]).with(1).saying("no storage");
    let report = &host.server.bodies("reports/full")[0];
    assert_eq!(report["complete"], false);
    assert_eq!(report["containers"], json!([]));
}

#[test]
fn one_store_that_fails_makes_the_report_incomplete() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    let mut command = host.command(&["report"]);
    command.env("ASSETMON_AGENT_STORES", r#"{"alice":["false"]}"#);
    support::Ended::from(command.output().unwrap())
        .with(1)
        .saying("alice can't be listed");
    let report = &host.server.bodies("reports/full")[0];
    assert_eq!(report["complete"], false);
    assert_eq!(report["containers"][0]["name"], "nginx");
}

#[test]
fn one_odd_container_is_left_out_and_named_and_the_others_are_reported() {
    let host = Host::enrolled();
    let odd = "\u{1b}".to_owned() + &"x".repeat(1100);
    host.runs(&[("nginx", WEB), (&odd, DB)]);
    let ended = host.run(&["report"]).with(1);
    let ended = ended.saying("`\\x1bxxx").saying("has 1101 bytes");
    assert!(!ended.stderr.contains('\u{1b}'), "{}", ended.stderr);
    let report = &host.server.bodies("reports/full")[0];
    // What is incomplete ends nothing.
    assert_eq!(report["complete"], false);
    assert_eq!(report["containers"].as_array().unwrap().len(), 1);
    assert_eq!(report["containers"][0]["name"], "nginx");
}

#[test]
fn names_that_podman_takes_and_the_server_does_not_are_left_out_counted_and_named() {
    let host = Host::enrolled();
    host.write("ps.json", LONG_NAMES);
    let ended = host.run(&["report"]).with(1);
    ended
        .saying("2 containers are left out")
        .saying("`nnnnn")
        .saying("has 1100 bytes");
    let report = &host.server.bodies("reports/full")[0];
    assert_eq!(report["complete"], false);
    assert_eq!(report["containers"].as_array().unwrap().len(), 1);
    assert_eq!(report["containers"][0]["name"], "web");
}

#[test]
fn containers_without_an_image_are_counted_and_make_no_listing_incomplete() {
    let host = Host::enrolled();
    host.write("ps.json", ROOTFS);
    host.run(&["report"]).with(0).saying("such as `rootfs`");
    let report = &host.server.bodies("reports/full")[0];
    assert_eq!(report["complete"], true);
    assert_eq!(report["containers"], json!([]));
    assert_eq!(report["unseen"]["containers_without_image"], 1);
}

#[test]
fn one_container_too_many_is_left_out_and_the_others_are_reported() {
    let host = Host::enrolled();
    let names: Vec<String> = (0..=5000).map(|number| format!("c{number}")).collect();
    let containers: Vec<_> = names.iter().map(|name| (name.as_str(), WEB)).collect();
    host.runs(&containers);
    host.run(&["report"])
        .with(1)
        .saying("container `c5000` is left out");
    let report = &host.server.bodies("reports/full")[0];
    assert_eq!(report["complete"], false);
    assert_eq!(report["containers"].as_array().unwrap().len(), 5000);
}

#[test]
fn containers_of_another_store_carry_its_name() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    let mut command = host.command(&["report"]);
    let stores = json!({"alice": [host.path("podman")]});
    command.env("ASSETMON_AGENT_STORES", stores.to_string());
    support::Ended::from(command.output().unwrap()).with(0);
    let report = &host.server.bodies("reports/full")[0];
    assert_eq!(report["containers"][1]["name"], "alice/nginx");
}

#[test]
fn a_server_that_is_away_is_asked_again_and_then_given_up() {
    let host = Host::enrolled();
    for _ in 0..20 {
        host.server
            .answers("reports/full", 503, error("unavailable", "not now"));
    }
    let mut command = host.command(&["report"]);
    command.env("ASSETMON_AGENT_REPORT_PATIENCE", "2s");
    support::Ended::from(command.output().unwrap())
        .with(1)
        .saying("not now");
    assert!(host.server.bodies("reports/full").len() >= 2);
}

#[test]
fn a_server_that_comes_back_gets_the_report() {
    let host = Host::enrolled();
    host.server
        .answers("reports/full", 503, error("unavailable", "not now"));
    let mut command = host.command(&["report"]);
    command.env("ASSETMON_AGENT_REPORT_PATIENCE", "10s");
    support::Ended::from(command.output().unwrap())
        .with(0)
        .saying("trying again");
}

#[test]
fn a_token_that_is_not_accepted_says_so_once_and_how_to_get_another() {
    let host = Host::enrolled();
    let refusal = error("unauthorized", "the token is revoked");
    host.server.answers("reports/full", 401, refusal);
    let ended = host.run(&["report"]).with(4).saying("assetctl host reset");
    assert_eq!(ended.stderr.matches("the token is revoked").count(), 1);
}

#[test]
fn a_proxy_that_refuses_a_report_is_no_reason_to_enroll_again() {
    let host = Host::enrolled();
    host.server.answers("reports/full", 403, json!("<html>"));
    let ended = host.run(&["report"]).with(1).saying("a proxy in front");
    assert!(!ended.stderr.contains("enroll"), "{}", ended.stderr);
}

#[test]
fn a_machine_that_is_not_enrolled_is_told_how() {
    Host::new()
        .run(&["report"])
        .with(4)
        .saying("not enrolled")
        .saying("assetctl host add");
}

#[test]
fn a_second_cycle_leaves_it_to_the_first() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.server.leases(&[WEB]);
    host.syft("sleep 3");
    let mut first = host.start(&["report"]);
    support::until("the scan begins", || host.path("syft-calls").exists());
    host.run(&["report"])
        .with(3)
        .saying("is already running a cycle");
    first.wait().unwrap();
}

#[test]
fn one_bad_image_does_not_keep_the_next_from_being_scanned() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB), ("db", DB)]);
    host.server.leases(&[WEB, DB]);
    let good = host.path("document.json");
    let count = host.path("count");
    host.syft(&format!(
        "if [ ! -e {0} ]; then touch {0}; echo boom >&2; exit 1; fi; cat {1}",
        count.display(),
        good.display()
    ));
    host.run(&["report"]).with(0);
    let failure = &host.server.bodies("reports/scan-failure")[0];
    assert_eq!(
        (&failure["image_digest"], &failure["cause"]),
        (&json!(WEB), &json!("image"))
    );
    assert!(failure["message"].as_str().unwrap().contains("boom"));
    assert_eq!(host.server.bodies("reports/scan")[0]["image"]["digest"], DB);
}

#[test]
fn an_image_that_is_leased_again_is_not_tried_twice_in_a_cycle() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.syft("exit 1");
    for _ in 0..5 {
        host.server.leases(&[WEB]);
    }
    host.run(&["report"]).with(0);
    assert_eq!(host.server.bodies("reports/full").len(), 2);
    assert_eq!(host.read("syft-calls").lines().count(), 1);
}

#[test]
fn what_the_server_will_not_take_is_told_as_a_failure() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.server.leases(&[WEB]);
    host.server.answers(
        "reports/scan",
        413,
        error("payload_too_large", "over 64 MiB"),
    );
    host.run(&["report"]).with(0);
    let failure = &host.server.bodies("reports/scan-failure")[0];
    assert!(failure["message"].as_str().unwrap().contains("over 64 MiB"));
}

#[test]
fn without_syft_everything_is_reported_and_the_cycle_is_not_complete() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.server.leases(&[WEB]);
    let mut command = host.command(&["report"]);
    command.env("ASSETMON_AGENT_SYFT", "/nowhere/syft");
    support::Ended::from(command.output().unwrap())
        .with(1)
        .saying("/nowhere/syft");
    assert_eq!(
        host.server.bodies("reports/full")[0]["containers"][0]["name"],
        "nginx"
    );
    assert_eq!(
        host.server.bodies("reports/scan-failure")[0]["cause"],
        "environment"
    );
}
