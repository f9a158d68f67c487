//! What an empty answer is worth: 1 where nothing runs it, 3 wherever something isn't known.

use crate::fleet::{Fleet, images::*, time};

/// When the host is added and reports first.
const START: &str = "2026-03-01T08:00:00Z";
/// Now.
const NOW: &str = "2026-03-01T10:00:00Z";

/// One host that runs nginx, told of at 08:00, 09:00 and 10:00.
async fn fleet() -> Fleet {
    let nginx = nginx_new();
    let mut fleet = Fleet::start(time(START)).await;
    fleet.knows(&nginx);
    fleet.enroll("web1").await;
    for hour in [START, "2026-03-01T09:00:00Z", NOW] {
        fleet.turn_to(time(hour));
        fleet.runs("web1", &[("nginx", &nginx)]).await;
    }
    fleet
}

/// Asks for what nothing runs; the status must be this, and standard error must say that.
#[track_caller]
fn asks(fleet: &Fleet, args: &[&str], status: i32, says: &str) {
    let args = [&["find", "absent-package"], args].concat();
    let (code, _, stderr) = fleet.run(&args);
    assert_eq!(code, status, "{args:?}: {stderr}");
    assert!(stderr.contains(says), "{args:?}: {stderr}");
    let (quiet, ..) = fleet.run(&[&args[..], &["-q"]].concat());
    assert_eq!(quiet, status, "{args:?} -q");
}

#[tokio::test(flavor = "multi_thread")]
async fn over_a_whole_fleet_nothing_is_a_proof_now_and_then() {
    let fleet = fleet().await;
    asks(&fleet, &[], 1, "complete coverage: 1 host,");
    asks(
        &fleet,
        &["--at", "2026-03-01T08:30Z"],
        1,
        "complete coverage: 1 host,",
    );
    asks(
        &fleet,
        &["--during", "2026-03-01T08:00Z..2026-03-01T10:00Z"],
        1,
        "",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_host_that_enrolled_nothing_proves_nothing() {
    let fleet = Fleet::start(time(NOW)).await;
    asks(&fleet, &[], 3, "no enrolled hosts");
    fleet.adds("web1").await;
    asks(&fleet, &[], 3, "1 host has not enrolled yet");
    let (_, stdout, _) = fleet.run(&["status"]);
    assert!(stdout.contains("incomplete"), "{stdout}");
    let (code, stdout, _) = fleet.run(&["find", "absent-package", "-o", "csv", "--evidence"]);
    assert_eq!(code, 3);
    assert!(stdout.contains("# coverage: incomplete"), "{stdout}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_has_not_enrolled_is_a_gap() {
    let fleet = fleet().await;
    fleet.adds("web2").await;
    asks(&fleet, &[], 3, "1 host has not enrolled yet");
    asks(&fleet, &["--at", NOW], 3, "1 host has not enrolled yet");
    asks(
        &fleet,
        &["--at", "2026-03-01T09:59Z"],
        1,
        "complete coverage: ",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn about_some_hosts_only_those_count() {
    let mut fleet = fleet().await;
    fleet.enroll("mute1").await;
    asks(&fleet, &[], 3, "incomplete coverage: 1 of 2 hosts");
    for of_web in [&["--host", "web1"][..], &["host=web*"], &["host!=mute1"]] {
        asks(&fleet, of_web, 1, "complete coverage: 1 host,");
    }
    for of_mute in [&["--host", "mute1"][..], &["host=*1"], &["image=nginx"]] {
        asks(&fleet, of_mute, 3, "1 host silent");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_first_report_nothing_is_known() {
    let fleet = fleet().await;
    asks(
        &fleet,
        &["--at", "2025-03-01T08:00Z"],
        3,
        "no enrolled hosts",
    );
    let range = "2026-02-28T08:00Z..2026-03-01T07:00Z";
    asks(&fleet, &["--during", range], 3, "no enrolled hosts");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_future_nothing_is_known() {
    let fleet = fleet().await;
    // What has come by this machine's clock, and not by the server's.
    asks(
        &fleet,
        &["--at", "2026-06-01"],
        3,
        "that time is in the future",
    );
    asks(&fleet, &["--at", "2099-01-01"], 2, "is in the future");
    let range = "2026-03-01T09:00Z..2026-03-01T11:00Z";
    asks(
        &fleet,
        &["--during", range],
        3,
        "that time is in the future",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn before_what_is_kept_nothing_is_known_any_more() {
    let fleet = fleet().await;
    fleet.runs("web1", &[]).await;
    fleet.turn_to(time("2026-03-01T10:10:00Z"));
    fleet.forgets(time("2026-03-01T10:05:00Z")).await;
    let then = ["--at", "2026-03-01T09:30Z"];
    asks(
        &fleet,
        &then,
        3,
        "history is only kept since 2026-03-01T10:05:00Z",
    );
    asks(
        &fleet,
        &["--at", "2026-03-01T10:06Z"],
        1,
        "complete coverage: ",
    );
    asks(&fleet, &[], 1, "complete coverage: ");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_host_could_not_list_everything_nothing_was_known() {
    let fleet = fleet().await;
    fleet.cannot_list("web1").await;
    fleet.turn_to(time("2026-03-01T10:30:00Z"));
    asks(
        &fleet,
        &[],
        3,
        "1 host reported an incomplete container list",
    );
    let then = ["--at", "2026-03-01T10:10Z"];
    asks(
        &fleet,
        &then,
        3,
        "1 host reported an incomplete container list",
    );
    fleet.runs("web1", &[]).await;
    asks(&fleet, &[], 1, "complete coverage: ");
    asks(
        &fleet,
        &then,
        3,
        "1 host reported an incomplete container list",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_tells_by_updates_alone_is_not_known() {
    let mut fleet = fleet().await;
    fleet.enroll("web2").await;
    fleet.updates("web2", "nginx", &nginx_new()).await;
    asks(&fleet, &[], 3, "1 host silent");
    asks(&fleet, &["--at", NOW], 3, "1 host silent");
    let (_, stdout, _) = fleet.run(&["hosts"]);
    assert!(stdout.contains("silent"), "{stdout}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_diff_says_what_is_not_known_of_a_host() {
    let fleet = fleet().await;
    fleet.cannot_list("web1").await;
    let said = |from: &str| {
        let (code, _, stderr) = fleet.run(&["diff", from, "host:web1"]);
        assert_eq!(code, 0, "{stderr}");
        stderr
    };
    let stderr = said("host:web1@2026-03-01T09:00Z");
    let now = "host:web1: the host could not list everything that ran";
    assert!(stderr.contains(now), "{stderr}");
    assert_eq!(
        stderr.matches("artifacts may be missing").count(),
        1,
        "{stderr}"
    );
    let stderr = said("host:web1@2025-03-01");
    assert!(
        stderr.contains("no host of this name was enrolled"),
        "{stderr}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_s_sbom_says_whether_it_is_all() {
    let fleet = fleet().await;
    let export = |what: &str, format: &str| {
        let (code, stdout, stderr) = fleet.run(&["sbom", what, "--format", format]);
        assert_eq!(code, 0, "{stderr}");
        let document: serde_json::Value = serde_json::from_str(&stdout).unwrap();
        let aggregate = document["compositions"][0]["aggregate"].as_str();
        let comment = document["creationInfo"]["comment"].as_str();
        let said = aggregate.or(comment).unwrap_or_default().to_owned();
        (said, stderr)
    };
    let (said, _) = export("host:web1", "cyclonedx-json");
    assert_eq!(said, "complete");
    let (said, _) = export("host:web1", "spdx-json");
    assert_eq!(said, "");
    fleet.cannot_list("web1").await;
    for (what, why) in [
        ("host:web1", "could not list everything"),
        ("host:web1@2025-03-01", "no host of this name was enrolled"),
        ("host:web1@2026-06-01", "that time is in the future"),
    ] {
        let (said, stderr) = export(what, "cyclonedx-json");
        assert_eq!(said, "incomplete", "{what}");
        assert!(stderr.contains(why), "{what}: {stderr}");
        let (said, _) = export(what, "spdx-json");
        assert!(said.contains(why), "{what}: {said}");
    }
}
