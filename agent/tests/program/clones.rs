//! Clones: a machine that was copied after it had enrolled reports nothing as the other one.

use std::{fs, os::unix::fs::PermissionsExt};

use serde_json::{Value, json};

use crate::support::{Host, WEB};

/// Makes another machine of this one, by its machine ID.
pub fn machine(host: &Host, id: &str) -> String {
    let file = host.path("machine-id");
    fs::write(&file, format!("{id}\n")).unwrap();
    format!("mount --bind {} /etc/machine-id", file.display())
}

/// The same by what each boot makes anew.
fn boot(host: &Host, id: &str) -> String {
    let file = host.path("boot-id");
    fs::write(&file, format!("{id}\n")).unwrap();
    format!(
        "mount --bind {} /proc/sys/kernel/random/boot_id",
        file.display()
    )
}

pub const ONE: &str = "11111111111111111111111111111111";
const OTHER: &str = "22222222222222222222222222222222";

fn token(host: &Host) -> Value {
    serde_json::from_str(&host.read("state/token")).unwrap()
}

#[test]
fn a_clone_reports_nothing_and_says_how_it_becomes_a_host() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.run_behind(&machine(&host, ONE), &["report"]).with(0);
    assert_eq!(host.server.requests().len(), 1);
    let clone = machine(&host, OTHER);
    for arguments in [&["report"][..], &["update", "nginx"], &["watch"]] {
        host.run_behind(&clone, arguments)
            .with(4)
            .saying("a clone of host web1")
            .saying("`assetctl host add NAME`")
            .saying("`assetctl host reset web1`");
    }
    let checked = host.run_behind(&clone, &["check"]).with(1);
    checked
        .saying("problem  token")
        .saying("a clone of host web1");
    assert_eq!(host.server.requests().len(), 1, "nothing was asked or told");
    host.run_behind(&machine(&host, ONE), &["report"]).with(0);
}

#[test]
fn a_clone_enrolls_as_a_host_of_its_own_without_force() {
    let host = Host::enrolled();
    host.run_behind(&machine(&host, ONE), &["report"]).with(0);
    let clone = machine(&host, OTHER);
    let new = json!({"host": "web2", "token": "canary-token"});
    host.server.answers("enroll", 201, new);
    let url = host.server.url.clone();
    let enroll = ["enroll", "--server", &url, "--code", "abc"];
    host.run_behind(&clone, &enroll).with(0).saying("host web2");
    host.run_behind(&clone, &["report"]).with(0);
    assert_eq!(host.server.bodies("reports/full")[1]["host"], "web2");
    host.run_behind(&clone, &enroll).with(2).saying("--force");
}

#[test]
fn a_token_of_an_older_release_is_this_machines_from_its_first_report_on() {
    let host = Host::enrolled();
    let this = machine(&host, ONE);
    host.run_behind(&this, &["check"]).with(0);
    assert_eq!(
        token(&host)["machine"],
        Value::Null,
        "a check writes nothing"
    );
    host.run_behind(&this, &["report"]).with(0);
    let noted = token(&host)["machine"].as_str().unwrap().to_owned();
    assert_ne!(noted, ONE);
    assert_eq!(token(&host)["token"], "canary-token");
    let mode = fs::metadata(host.path("state/token"))
        .unwrap()
        .permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
}

#[test]
fn a_machine_without_a_machine_id_reports_as_before() {
    let host = Host::enrolled();
    let none = machine(&host, "uninitialized");
    host.run_behind(&none, &["report"]).with(0);
    assert_eq!(token(&host)["machine"], Value::Null);
}

#[test]
fn reports_carry_a_mark_that_is_another_one_after_a_boot_and_on_another_machine() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    let mark = |machine: String, arguments: &[&str], path: &str| {
        host.run_behind(&machine, arguments).with(0);
        let body = host.server.bodies(path).pop().unwrap();
        body["machine"].as_str().unwrap().to_owned()
    };
    let on = |id: &str, boot_id: &str| format!("{}\n{}", machine(&host, id), boot(&host, boot_id));
    let first = mark(on(ONE, "boot-1"), &["report"], "reports/full");
    let update = ["update", "nginx"];
    assert_eq!(mark(on(ONE, "boot-1"), &update, "reports/container"), first);
    assert_ne!(mark(on(ONE, "boot-2"), &["report"], "reports/full"), first);
    assert!(first.len() == 32 && !first.contains("boot") && first != ONE);
}

#[test]
fn what_the_server_knows_of_another_machine_is_said_and_the_report_is_no_success() {
    let host = Host::enrolled();
    let known = json!({"scan_images": [], "cloned_since": "2026-03-30T12:00:00Z"});
    host.server.answers("reports/full", 200, known);
    host.run(&["report"])
        .with(1)
        .saying("another machine reports as host web1 too, since 2026-03-30T12:00:00Z")
        .saying("`assetctl host reset web1`");
    assert_eq!(host.server.bodies("reports/full")[0]["complete"], true);
    host.run(&["report"]).with(0);
}

#[test]
fn a_token_that_others_may_read_is_used_and_warned_of() {
    let host = Host::enrolled();
    let token = host.path("state/token");
    host.run(&["report"]).with(0);
    fs::set_permissions(&token, fs::Permissions::from_mode(0o644)).unwrap();
    let close = format!("`chmod 600 {}`", token.display());
    let ended = host.run(&["report"]).with(0);
    ended
        .saying("other users may read the token")
        .saying(&close);
    host.run(&["check"]).with(1).saying(&close);
    fs::set_permissions(&token, fs::Permissions::from_mode(0o600)).unwrap();
    let ended = host.run(&["report"]).with(0);
    assert!(!ended.stderr.contains("chmod"), "{}", ended.stderr);
}
