//! A full disk below the state folder silences no host.

use crate::support::{Host, server::error};
use serde_json::json;

/// Has the state folder be a file system of its own, in which what `before` says happens, and then
/// there is no room left: for no byte, or for no file.
fn full(host: &Host, left: Left, before: &str) -> String {
    let fill = match left {
        Left::NoByte => "head -c 1M /dev/zero >lost+found 2>&- || :",
        Left::NoFile => {
            "mkdir lost+found; i=0; while touch lost+found/$i 2>&-; do i=$((i+1)); done"
        }
    };
    let state = host.path("state");
    format!(
        "exec 3<{state}\n\
         mount -t tmpfs -o size=256k,nr_inodes=60,mode=700 none {state}\n\
         cp -p /proc/self/fd/3/token {state}\n\
         cd {state}\n: >.assetmon-agent\n{before}\n{fill}\ncd /",
        state = state.display()
    )
}

#[derive(Clone, Copy)]
enum Left {
    NoByte,
    NoFile,
}

/// So that all that is kept beside the counter is there, and the token says which machine's it is.
const AFTER_A_REPORT: &str = "\"$@\"";

/// The counters of the reports, one after the other.
fn told(host: &Host) -> Vec<u64> {
    let bodies = host.server.bodies("reports/full");
    bodies
        .iter()
        .map(|body| body["seq"].as_u64().unwrap())
        .collect()
}

#[test]
fn where_there_is_no_room_the_counter_is_written_over_and_the_host_reports() {
    let host = Host::enrolled();
    let before = format!("{AFTER_A_REPORT}\necho 41 >seq");
    let twice = full(&host, Left::NoByte, &before) + "\n\"$@\"";
    let ended = host.run_behind(&twice, &["report"]).with(0);
    ended.saying("make room on that file system");
    assert_eq!(told(&host), [1, 42, 43]);
}

#[test]
fn where_there_is_not_even_room_for_a_name_the_host_reports_too() {
    let host = Host::enrolled();
    let script = full(&host, Left::NoFile, AFTER_A_REPORT);
    let ended = host.run_behind(&script, &["report"]).with(0);
    ended.saying("make room on that file system");
    assert_eq!(told(&host), [1, 2]);
}

#[test]
fn a_counter_that_can_not_be_kept_at_all_is_mended_by_what_the_server_knows() {
    let host = Host::enrolled();
    let before = format!("{AFTER_A_REPORT}\nrm seq");
    let script = full(&host, Left::NoByte, &before);
    let stale = |seq: u64| {
        let mut body = error("stale_report", "older");
        body["error"]["last_seq"] = json!(seq);
        body
    };
    host.server
        .answers("reports/full", 200, json!({"scan_images": []}));
    host.server.answers("reports/full", 409, stale(41));
    host.run_behind(&script, &["report"])
        .with(0)
        .saying("make room on that file system");
    assert_eq!(told(&host), [1, 1, 42]);
}

#[test]
fn a_check_says_that_there_is_no_room_and_what_to_do() {
    for left in [Left::NoByte, Left::NoFile] {
        let host = Host::enrolled();
        host.run_behind(&full(&host, left, ":"), &["check"])
            .with(1)
            .saying("problem  state folder")
            .saying("make room on that file system");
    }
}
