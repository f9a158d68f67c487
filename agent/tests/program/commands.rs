//! `enroll`, `update`, `check` and the settings, as a person or a hook meets them.

use std::{fs, os::unix::fs::PermissionsExt};

use crate::support::{
    self, DB, Host, WEB,
    server::{error, leases},
};
use serde_json::{Value, json};

fn enrolls(host: &Host) {
    host.server.answers(
        "enroll",
        201,
        json!({"host": "web1", "token": "canary-token"}),
    );
}

#[test]
fn enrolling_keeps_the_token_and_the_server_where_only_the_owner_can_read_them() {
    let host = Host::new();
    enrolls(&host);
    let url = host.server.url.clone();
    let ended = host
        .run(&["enroll", "--server", &url, "--code", "abc"])
        .with(0);
    assert!(!ended.stdout.contains("canary-token"));
    assert_eq!(host.server.bodies("enroll")[0], json!({"code": "abc"}));
    let mode = |name| fs::metadata(host.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("state"), mode("state/token")), (0o700, 0o600));
    host.run(&["report"]).with(0);
}

#[test]
fn what_protects_the_way_is_remembered_wherever_the_agent_runs_next() {
    let host = Host::new();
    host.server.answers("enroll", 201, json!({"host": "web1"}));
    let url = host.server.url.clone();
    let mut arguments = vec!["enroll", "--server", &url, "--code", "abc"];
    arguments.extend([
        "--ca",
        "ca.pem",
        "--cert-file",
        "a.pem",
        "--key-file",
        "/k.pem",
    ]);
    host.run(&arguments).with(0);
    let asked = json!({"code": "abc", "certificate": true});
    assert_eq!(host.server.bodies("enroll")[0], asked);
    let kept: Value = serde_json::from_str(&host.read("state/token")).unwrap();
    let here = std::env::current_dir().unwrap();
    assert_eq!(kept["ca_file"], json!(here.join("ca.pem")));
    assert_eq!(kept["cert_file"], json!(here.join("a.pem")));
    assert_eq!(kept["key_file"], "/k.pem");
    // A certificate proves the host: no token is sent.
    host.run(&["report"]).with(0);
    let reported = host.server.requests().pop().unwrap();
    assert_eq!(reported.token, None);
}

#[test]
fn another_machine_is_asked_without_encryption_only_where_that_is_allowed() {
    let host = Host::new();
    let enroll = [
        "enroll",
        "--server",
        "http://assets.invalid",
        "--code",
        "abc",
    ];
    let ended = host.run(&enroll).with(1);
    ended
        .saying("would show the token to the network")
        .saying("insecure_http");
    let allowed = [&enroll[..], &["--insecure-http"]].concat();
    host.run(&allowed).with(1).saying("is not encrypted");
    enrolls(&host);
    let url = host.server.url.clone();
    let ended = host.run(&["enroll", "--server", &url, "--code", "abc"]);
    let ended = ended.with(0);
    assert!(!ended.stderr.contains("encrypted"), "{}", ended.stderr);
}

#[test]
fn a_proxy_of_the_environment_never_sees_what_goes_to_this_machine() {
    let host = Host::enrolled();
    for arguments in [["report"], ["check"]] {
        let mut command = host.command(&arguments);
        for name in ["http_proxy", "https_proxy", "ALL_PROXY"] {
            command.env(name, "http://127.0.0.1:1");
        }
        support::Ended::from(command.output().unwrap()).with(0);
    }
}

#[test]
fn enrolling_again_needs_force_and_spends_no_code_without_it() {
    let host = Host::enrolled();
    let url = host.server.url.clone();
    host.run(&["enroll", "--server", &url, "--code", "abc"])
        .with(2)
        .saying("--force");
    assert!(host.server.requests().is_empty());
    enrolls(&host);
    host.run(&["enroll", "--server", &url, "--code", "abc", "--force"])
        .with(0);
}

#[test]
fn a_folder_that_nothing_can_be_kept_in_spends_no_code() {
    let host = Host::new();
    host.write("state", "a file");
    let url = host.server.url.clone();
    host.run(&["enroll", "--server", &url, "--code", "abc"])
        .with(1)
        .saying("--state-dir");
    assert!(host.server.requests().is_empty());
}

#[test]
fn a_code_that_is_refused_leaves_no_token() {
    let host = Host::new();
    host.server
        .answers("enroll", 401, error("unauthorized", "the code is used up"));
    let url = host.server.url.clone();
    host.run(&["enroll", "--server", &url, "--code", "abc"])
        .with(4)
        .saying("the code is used up");
    assert!(!host.path("state/token").exists());
}

#[test]
fn an_update_tells_that_a_container_runs_and_scans_what_it_gets() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB), ("db", DB)]);
    host.server
        .answers("reports/container", 200, leases(&[WEB], 1800));
    host.run(&["update", "nginx"]).with(0);
    let update = &host.server.bodies("reports/container")[0];
    assert_eq!(
        (&update["seq"], &update["running"]),
        (&json!(1), &json!(true))
    );
    assert_eq!(update["container"]["image_digest"], WEB);
    assert_eq!(host.server.bodies("reports/scan").len(), 1);
}

#[test]
fn an_update_tells_that_a_container_has_stopped() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.write(
        "ps.json",
        &host.read("ps.json").replace("running", "exited"),
    );
    host.run(&["update", "nginx"]).with(0);
    assert_eq!(host.server.bodies("reports/container")[0]["running"], false);
}

#[test]
fn an_update_on_a_container_that_is_gone_tells_everything_that_runs() {
    let host = Host::enrolled();
    host.runs(&[("db", DB)]);
    host.run(&["update", "nginx"]).with(0);
    assert!(host.server.bodies("reports/container").is_empty());
    let report = &host.server.bodies("reports/full")[0];
    assert_eq!(report["containers"].as_array().unwrap().len(), 1);
    assert_eq!(report["complete"], true);
}

#[test]
fn an_update_is_told_while_a_cycle_scans_and_leaves_its_scans_to_that() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB), ("db", DB)]);
    host.server.leases(&[WEB]);
    host.syft("sleep 4; echo '{}'");
    let mut cycle = host.start(&["report"]);
    support::until("the scan begins", || host.path("syft-calls").exists());
    host.server
        .answers("reports/container", 200, leases(&[DB], 1800));
    host.run(&["update", "db"])
        .with(0)
        .saying("the cycle that is running");
    assert_eq!(host.read("syft-calls").lines().count(), 1);
    cycle.wait().unwrap();
}

#[test]
fn a_check_finds_nothing_wrong_where_nothing_is() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.server.answers(
        "reports/scan-failure",
        404,
        error("not_found", "no such image"),
    );
    let ended = host
        .run(&["check"])
        .with(0)
        .saying("containers running: 1, images: 1");
    // What else the machine runs is no concern of this test.
    let lines = ended.stdout.lines();
    let well = lines.filter(|line| line.starts_with("ok ") && !line.contains(" runtime "));
    assert_eq!(well.count(), 5, "{}", ended.stdout);
}

#[test]
fn a_check_names_each_problem() {
    let host = Host::enrolled();
    host.write("podman-fails", "");
    host.server.answers(
        "reports/scan-failure",
        401,
        error("unauthorized", "unknown token"),
    );
    let mut command = host.command(&["check"]);
    command.env("ASSETMON_AGENT_SYFT", "/nowhere/syft");
    let ended = support::Ended::from(command.output().unwrap()).with(1);
    let ended = ended
        .saying("unknown token")
        .saying("no storage")
        .saying("/nowhere/syft");
    assert_eq!(
        ended.stdout.matches("problem ").count(),
        3,
        "{}",
        ended.stdout
    );
}

#[test]
fn clocks_that_differ_and_a_server_that_is_older_are_named_by_a_check_and_in_the_log() {
    let host = Host::enrolled();
    host.server.shows("date", "Thu, 01 Jan 2026 00:00:00 GMT");
    host.server.shows("x-assetmon-version", "0.0.1");
    for command in ["check", "report"] {
        host.run(&[command])
            .with(0)
            .saying("ahead of the server's")
            .saying("have both set by NTP")
            .saying("the server is 0.0.1, older than this")
            .saying("upgrade the server first");
    }
}

#[test]
fn wrong_settings_are_named_with_the_way_out() {
    let host = Host::enrolled();
    host.write("agent.toml", "scan_tyme = \"1m\"\n");
    let file = host.path("agent.toml");
    let file = file.to_str().unwrap();
    host.run(&["report", "--config", file])
        .with(2)
        .saying("scan_tyme")
        .saying("scan_time");
    host.run(&["report", "--scan-time", "soon"])
        .with(2)
        .saying("as in `15m`");
    host.run(&["report", "--config", "/nowhere"])
        .with(2)
        .saying("/nowhere");
}

#[test]
fn a_flag_beats_the_environment_which_beats_the_file() {
    let host = Host::new();
    host.write("agent.toml", "server = \"http://127.0.0.1:1\"\n");
    let file = host.path("agent.toml");
    let with = |server: Option<&str>, flags: &[&str]| {
        let mut command = host.command(&["enroll", "--code", "c"]);
        command.args(flags).env("ASSETMON_AGENT_CONFIG", &file);
        if let Some(server) = server {
            command.env("ASSETMON_AGENT_SERVER", server);
        }
        support::Ended::from(command.output().unwrap())
    };
    with(None, &[]).with(1).saying("127.0.0.1:1");
    with(Some("http://127.0.0.1:2"), &[])
        .with(1)
        .saying("127.0.0.1:2");
    let flags = ["--server", "http://127.0.0.1:3"];
    with(Some("http://127.0.0.1:2"), &flags)
        .with(1)
        .saying("127.0.0.1:3");
}

#[test]
fn nobody_who_listens_is_no_reason_to_end_otherwise() {
    let host = Host::new();
    let agent = host.command(&["check"]);
    let mut shell = std::process::Command::new("sh");
    // Standard output is closed by who read enough, standard error from the beginning.
    let script =
        "exec 2>&-; { \"$0\" check; echo $? >\"$1\"; } | head -n 0; \"$0\" report; echo $? >\"$2\"";
    shell
        .args(["-c", script])
        .arg(agent.get_program())
        .env_clear();
    shell.args([host.path("checked"), host.path("reported")]);
    for (name, value) in agent.get_envs() {
        shell.env(name, value.unwrap());
    }
    shell.status().unwrap();
    assert_eq!(host.read("checked"), "1\n");
    assert_eq!(host.read("reported"), "4\n");
}

#[test]
fn the_manual_has_a_page_for_each_command_that_people_use() {
    let host = Host::new();
    let folder = host.path("").display().to_string();
    host.run(&["man", &folder]).with(0);
    let page = fs::read_to_string(host.path("assetmon-agent.1")).unwrap();
    assert!(page.contains("scan\\-time"), "{page}");
    assert!(host.path("assetmon-agent-enroll.1").exists());
    assert!(!host.path("assetmon-agent-become.1").exists());
}
