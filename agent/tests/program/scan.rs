//! Scans: nothing that syft says is believed unless the image was there, and nothing is left
//! behind.

use std::fs;

use crate::support::{self, DB, Host, WEB, document, runs, until};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

fn leased() -> Host {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.server.leases(&[WEB]);
    host
}

fn failure(host: &Host) -> Value {
    assert!(host.server.bodies("reports/scan").is_empty());
    assert_eq!(host.leftovers(), 0);
    host.server.bodies("reports/scan-failure").remove(0)
}

fn kill(process: u32, signal: Signal) {
    let id = Pid::from_raw(process.try_into().unwrap()).unwrap();
    kill_process(id, signal).unwrap();
}

#[test]
fn an_image_that_goes_during_its_scan_is_a_failure_of_the_host_and_never_an_empty_sbom() {
    let host = leased();
    let (mounts, empty) = (host.path("mounts.json"), document(&[]));
    host.write("empty.json", &empty.to_string());
    let path = host.path("empty.json");
    host.syft(&format!(
        "echo '[]' >{}; cat {}",
        mounts.display(),
        path.display()
    ));
    host.run(&["report"]).with(0);
    assert_eq!(failure(&host)["cause"], "environment");
}

#[test]
fn an_image_that_took_its_mount_along_needs_no_unmount() {
    let host = leased();
    let podman = support::PODMAN.replace(
        "image unmount \"*) unmounted ;;",
        "image unmount \"*) exit 125 ;;",
    );
    host.script("podman", &podman);
    host.syft(&format!(
        "echo '[]' >{}; exit 1",
        host.path("mounts.json").display()
    ));
    let ended = host.run(&["report"]).with(0);
    assert!(!ended.stderr.contains("stays mounted"), "{}", ended.stderr);
    assert_eq!(failure(&host)["cause"], "environment");
}

#[test]
fn a_mount_that_cannot_be_taken_back_is_tried_again_by_the_next() {
    let host = leased();
    let podman = support::PODMAN.replace(
        "image unmount \"*) unmounted ;;",
        "image unmount \"*) exit 125 ;;",
    );
    host.script("podman", &podman);
    host.run(&["report"]).with(0).saying("stays mounted");
    assert_eq!(host.leftovers(), 1);
    host.script("podman", support::PODMAN);
    host.run(&["report"]).with(0);
    assert_eq!(host.leftovers(), 0);
    assert_eq!(
        host.read("podman-calls").matches("image unmount").count(),
        2
    );
}

/// A podman that takes a second to mount, and says in `mounts` what it did.
fn slow_podman(host: &Host) {
    let slow = "touch mounting; sleep 1; echo mounted >>mounts; echo \"$PWD/tree\"";
    let podman = support::PODMAN.replace("echo \"$PWD/tree\"", slow).replace(
        "image unmount \"*) unmounted ;;",
        "image unmount \"*) echo unmounted >>mounts; unmounted ;;",
    );
    host.script("podman", &podman);
}

#[test]
fn an_agent_that_is_terminated_while_it_mounts_leaves_no_mount() {
    let host = leased();
    slow_podman(&host);
    let child = host.start(&["report"]);
    until("it mounts", || host.path("mounting").exists());
    kill(child.id(), Signal::TERM);
    support::Ended::from(child.wait_with_output().unwrap()).with(143);
    assert_eq!(host.read("mounts"), "mounted\nunmounted\n");
    assert_eq!(host.leftovers(), 0);
}

#[test]
fn what_an_agent_was_mounting_when_it_was_killed_is_taken_back_by_the_next() {
    let host = leased();
    slow_podman(&host);
    let mut child = host.start(&["report"]);
    until("it mounts", || host.path("mounting").exists());
    kill(child.id(), Signal::KILL);
    child.wait().unwrap();
    // Podman goes on by itself, and has not mounted yet when the next agent begins.
    assert_eq!(host.read("mounts"), "");
    host.run(&["report"]).with(0);
    assert_eq!(host.read("mounts"), "mounted\nunmounted\n");
    assert_eq!(host.leftovers(), 0);
}

#[test]
fn a_mount_that_podman_was_killed_over_is_found_again_and_taken_back() {
    found_again_and_taken_back("kill -9 $PPID; sleep 300");
}

#[test]
fn what_a_killed_scan_was_just_starting_keeps_no_mount() {
    // For a second it has nothing of the scan's about it, as a process that is being started.
    let late = "env -u TMPDIR sh -c \"sleep 1; TMPDIR=$TMPDIR exec sleep 300\"";
    found_again_and_taken_back(&format!("kill -9 $PPID; exec {late}"));
}

/// An agent whose syft killed it like this, and the next one's way with what it mounted.
fn found_again_and_taken_back(syft: &str) {
    let host = leased();
    host.syft(syft);
    assert_eq!(host.run(&["report"]).status, None);
    // It doesn't count that mount, since it was killed before it could.
    host.write("mounts.json", "[]");
    let podman = support::PODMAN.replace(
        "image unmount \"*) unmounted ;;",
        "image unmount \"*) [ -e again ] || { touch again; exit 125; }; unmounted ;;",
    );
    host.script("podman", &podman);
    fs::remove_file(host.path("podman-calls")).unwrap();
    host.run(&["report"]).with(0);
    let calls = host.read("podman-calls");
    let of_the_image = calls.lines().filter(|call| call.ends_with(WEB));
    let of_the_image = of_the_image.map(|call| &call[..12]);
    // The killed agent had just asked what the image is, and that podman may only now come to it.
    let of_the_image: Vec<_> = of_the_image
        .filter(|call| *call != "image inspec")
        .collect();
    assert_eq!(
        of_the_image,
        ["image unmoun", "image mount ", "image unmoun"]
    );
    assert_eq!(host.leftovers(), 0);
}

#[test]
fn an_image_that_could_not_be_mounted_is_not_unmounted() {
    let host = leased();
    let podman = support::PODMAN.replace("echo \"$PWD/tree\"", "exit 125");
    host.script("podman", &podman);
    host.run(&["report"]).with(0);
    assert_eq!(failure(&host)["cause"], "environment");
    // Somebody else's mount of it would be theirs.
    assert!(!host.read("podman-calls").contains("image unmount"));
}

#[test]
fn a_mount_is_taken_back_from_a_store_that_the_settings_no_longer_name() {
    let host = Host::enrolled();
    let failing = support::PODMAN.replace(
        "image unmount \"*) unmounted ;;",
        "image unmount \"*) exit 125 ;;",
    );
    host.script("podman", &failing);
    host.runs(&[("nginx", WEB)]);
    host.server.leases(&[WEB]);
    // Twice in vain: the note is kept each time.
    for _ in 0..2 {
        host.run(&["report"]).with(0).saying("stays mounted");
        assert_eq!(host.leftovers(), 1);
    }
    host.script("former", support::PODMAN);
    let note = host.path("state/scans-assetmon/aaaaaaaaaaaa/mount");
    let words = fs::read_to_string(&note).unwrap();
    fs::write(
        &note,
        words
            .replace("/podman\"", "/former\"")
            .replace("\"podman\"", "\"alice\""),
    )
    .unwrap();
    fs::remove_file(host.path("podman-calls")).unwrap();
    host.run(&["report"]).with(0);
    assert_eq!(host.leftovers(), 0);
    assert!(host.read("podman-calls").contains("image unmount"));
}

#[test]
fn a_mount_that_is_another_one_afterwards_is_a_failure_of_the_host() {
    let host = leased();
    let (tree, document) = (host.path("tree"), host.path("document.json"));
    let swap = format!("mv {0} {0}.old && mkdir {0}", tree.display());
    host.syft(&format!("{swap}; cat {}", document.display()));
    host.run(&["report"]).with(0);
    assert_eq!(failure(&host)["cause"], "environment");
}

#[test]
fn no_artifacts_where_there_is_a_package_database_is_partial() {
    let host = leased();
    host.write("tree/var/lib/dpkg/status", "Package: bash\n");
    host.syft_prints(&document(&[]));
    host.run(&["report"]).with(0);
    let scan = &host.server.bodies("reports/scan")[0];
    assert_eq!(scan["status"], "partial");
    assert!(scan.get("cause").is_none(), "it is the image's");
    assert!(
        scan["reason"]
            .as_str()
            .unwrap()
            .contains("var/lib/dpkg/status")
    );
}

#[test]
fn no_artifacts_where_there_is_no_package_database_is_complete() {
    let host = leased();
    host.syft_prints(&document(&[]));
    host.run(&["report"]).with(0);
    assert_eq!(host.server.bodies("reports/scan")[0]["status"], "complete");
}

#[test]
fn what_podman_and_syft_know_of_the_image_goes_with_its_artifacts() {
    let host = leased();
    let mut document = document(&["bash"]);
    document["distro"]["versionCodename"] = json!("bookworm");
    host.syft_prints(&document);
    let image = json!([{"RepoDigests": [format!("docker.io/x@{DB}")], "Architecture": "amd64",
        "Size": 7, "Created": "2024-05-06T07:08:09Z"}]);
    host.write("image.json", &image.to_string());
    host.run(&["report"]).with(0);
    let scan = &host.server.bodies("reports/scan")[0];
    let facts = json!({"distro_codename": "bookworm", "aliases": [DB], "architecture": "amd64",
        "size_bytes": 7, "created_at": "2024-05-06T07:08:09.000Z"});
    assert_eq!(scan["image"]["facts"], facts);
}

#[test]
fn an_image_that_podman_cannot_describe_is_scanned_all_the_same() {
    let host = leased();
    host.write("image.json", "{}");
    host.run(&["report"]).with(0).saying("can't be read");
    let scan = &host.server.bodies("reports/scan")[0];
    assert_eq!(scan["status"], "complete");
    assert_eq!(scan["image"]["facts"], json!({}));
}

#[test]
fn an_artifact_that_is_over_a_bound_is_left_out_and_named_and_the_rest_is_sent() {
    let host = leased();
    let mut document = document(&["bash"]);
    let long = json!({"type": "npm", "name": "\u{1b}odd", "version": "1".repeat(2000)});
    let purl = json!({"type": "npm", "name": "x", "version": "1", "purl": "p".repeat(5000)});
    let artifacts = document["artifacts"].as_array_mut().unwrap();
    artifacts.extend([long, purl]);
    host.syft_prints(&document);
    let ended = host.run(&["report"]).with(0).saying("the SBOM is partial");
    assert!(!ended.stderr.contains('\u{1b}'), "{}", ended.stderr);
    let scan = &host.server.bodies("reports/scan")[0];
    assert_eq!(scan["status"], "partial");
    let reason = scan["reason"].as_str().unwrap();
    assert!(
        reason.contains("1 artifact left out, `\\x1bodd`"),
        "{reason}"
    );
    // It is still found by its name.
    assert_eq!(scan["image"]["artifacts"][1]["name"], "x");
    assert!(scan["image"]["artifacts"][1].get("purl").is_none());
}

#[test]
fn a_warning_about_space_is_partial_although_syft_says_success() {
    let host = leased();
    let document = host.path("document.json");
    let warning = "echo 'WARN write /tmp/x: no space left on device' >&2";
    host.syft(&format!("{warning}; cat {}", document.display()));
    host.run(&["report"]).with(0);
    let scan = &host.server.bodies("reports/scan")[0];
    assert_eq!(scan["status"], "partial");
    assert_eq!(scan["cause"], "environment", "another host may have room");
    assert!(scan["reason"].as_str().unwrap().contains("no space left"));
}

#[test]
fn a_file_that_syft_had_no_room_to_unpack_is_partial() {
    let host = leased();
    let mut document = document(&["bash"]);
    document["files"] = json!([{"location": {"path": "/app.jar"},
        "unknowns": ["java-archive-cataloger: unable to copy archive: no space left on device"]}]);
    host.syft_prints(&document);
    host.run(&["report"]).with(0);
    let scan = &host.server.bodies("reports/scan")[0];
    assert_eq!(scan["status"], "partial");
    assert_eq!(scan["cause"], "environment");
}

#[test]
fn syft_that_prints_no_document_is_a_failure_of_the_image() {
    let host = leased();
    host.syft("echo '{}'");
    host.run(&["report"]).with(0);
    assert_eq!(failure(&host)["cause"], "image");
}

#[test]
fn a_scan_that_hangs_is_ended_with_all_its_processes_and_its_files_are_wiped() {
    let host = leased();
    let id = host.path("id");
    host.syft(&format!(
        "echo x >$TMPDIR/left; sleep 300 & echo $! >{}; wait",
        id.display()
    ));
    host.run(&["report", "--scan-time", "1s"]).with(0);
    let failure = failure(&host);
    assert_eq!(failure["cause"], "image");
    assert!(
        failure["message"]
            .as_str()
            .unwrap()
            .contains("took longer than 1 s")
    );
    until("the scan's child is dead", || !runs(&host.read("id")));
    assert!(
        host.read("podman-calls")
            .contains(&format!("image unmount {WEB}"))
    );
}

#[test]
fn a_scan_that_fills_the_temporary_folder_is_ended() {
    let host = leased();
    host.syft("head -c 3000000 /dev/zero >$TMPDIR/big; sleep 300");
    host.run(&["report", "--scan-space", "1MiB"]).with(0);
    assert_eq!(failure(&host)["cause"], "image");
}

#[test]
fn a_scan_is_over_before_its_lease_is_and_that_is_not_the_images_fault() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.server.leases_for(&[WEB], 8);
    host.syft("sleep 300");
    host.run(&["report"])
        .with(0)
        .saying("the lease ended before the scan did");
    assert_eq!(failure(&host)["cause"], "environment");
}

#[test]
fn a_lease_that_is_about_to_end_is_not_begun() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.server.leases_for(&[WEB], 1);
    host.run(&["report"]).with(0);
    assert_eq!(failure(&host)["cause"], "environment");
    assert_eq!(host.read("syft-calls"), "");
}

#[test]
fn an_image_that_no_container_here_runs_on_is_not_mounted() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.server.leases(&[DB]);
    host.run(&["report"]).with(0);
    assert_eq!(failure(&host)["cause"], "environment");
    assert!(!host.read("podman-calls").contains("image mount"));
}

#[test]
fn names_start_no_shell_and_set_no_option() {
    let host = Host::enrolled();
    let hostile = ["$(touch x)", "--output=/etc/x", "; touch y", "\u{1b}[2J"];
    host.runs(&hostile.map(|name| (name, WEB)));
    host.server.leases(&[WEB]);
    let ended = host.run(&["report", "--log-level", "trace"]).with(0);
    assert!(!ended.stderr.contains('\u{1b}'), "{}", ended.stderr);
    for name in hostile {
        host.run(&["update", "--", name]).with(0);
        let calls = host.read("podman-calls") + &host.read("syft-calls");
        assert!(!calls.contains(name), "{calls}");
    }
    assert!(!host.path("x").exists() && !host.path("y").exists());
}

#[test]
fn an_agent_that_is_terminated_ends_its_scan_and_wipes_and_unmounts() {
    let host = leased();
    let id = host.path("id");
    host.syft(&format!(
        "echo x >$TMPDIR/left; echo $$ >{}; exec sleep 300",
        id.display()
    ));
    for (signal, status) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129)] {
        host.server.leases(&[WEB]);
        // Whoever runs the tests may have been started to outlive its terminal.
        let child = started_by(&["env", "--default-signal=HUP"], &host);
        until("the scan runs", || !host.read("id").trim().is_empty());
        kill(child.id(), signal);
        support::Ended::from(child.wait_with_output().unwrap()).with(status);
        assert!(!runs(&host.read("id")));
        assert_eq!(host.leftovers(), 0);
        assert!(host.read("podman-calls").contains("image unmount"));
        fs::remove_file(host.path("podman-calls")).unwrap();
        fs::remove_file(&id).unwrap();
    }
}

#[test]
fn a_scan_has_the_lowest_priority_whoever_starts_it() {
    let host = leased();
    let (seen, document) = (host.path("seen"), host.path("document.json"));
    host.syft(&format!(
        "{{ awk '{{print $19, $41}}' /proc/$$/stat; ionice -p $$; cat /proc/$$/oom_score_adj; \
         grep -E 'cpu time|core file' /proc/$$/limits; }} >{}; cat {}",
        seen.display(),
        document.display()
    ));
    host.run(&["report", "--scan-time", "1m"]).with(0);
    let seen = host.read("seen");
    let lines: Vec<&str> = seen.lines().collect();
    // Nice, and SCHED_BATCH.
    assert_eq!(lines[..3], ["19 3", "idle", "1000"], "{seen}");
    // Bounds that hold without an agent: seconds of CPU time, and no core dump.
    let bound = |line: &str| {
        line.split_whitespace()
            .find_map(|word| word.parse::<u64>().ok())
    };
    let cpu = bound(lines[3]).unwrap();
    assert!((90..100_000).contains(&cpu), "{seen}");
    assert_eq!(bound(lines[4]), Some(0), "{seen}");
}

#[test]
fn a_scan_ends_with_an_agent_that_is_killed() {
    let host = leased();
    host.syft(&format!(
        "echo $$ >{}; exec sleep 300",
        host.path("id").display()
    ));
    let mut child = host.start(&["report"]);
    until("the scan runs", || !host.read("id").trim().is_empty());
    kill(child.id(), Signal::KILL);
    child.wait().unwrap();
    until("the scan is dead", || !runs(&host.read("id")));
}

/// A report, started by another program that becomes it.
fn started_by(words: &[&str], host: &Host) -> std::process::Child {
    let agent = host.command(&["report"]);
    let mut command = std::process::Command::new(words[0]);
    command
        .args(&words[1..])
        .arg(agent.get_program())
        .args(agent.get_args())
        .env_clear();
    for (name, value) in agent.get_envs() {
        command.env(name, value.unwrap());
    }
    command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    command.spawn().unwrap()
}

#[test]
fn an_agent_that_is_to_outlive_its_terminal_does() {
    let host = leased();
    host.syft(&format!(
        "touch {}; sleep 1; cat {}",
        host.path("begun").display(),
        host.path("document.json").display()
    ));
    let child = started_by(&["nohup"], &host);
    until("the scan runs", || host.path("begun").exists());
    kill(child.id(), Signal::HUP);
    support::Ended::from(child.wait_with_output().unwrap()).with(0);
}

#[test]
fn what_a_killed_agent_left_is_ended_unmounted_and_wiped_by_the_next() {
    let host = leased();
    // The scan's own program dies with the agent, what that has started doesn't.
    host.syft(&format!(
        "mkdir -m 0 $TMPDIR/left; sleep 300 & echo $! >{}; wait",
        host.path("id").display()
    ));
    let mut child = host.start(&["report"]);
    until("the scan runs", || !host.read("id").trim().is_empty());
    kill(child.id(), Signal::KILL);
    child.wait().unwrap();
    assert_eq!(host.leftovers(), 1);
    assert!(runs(&host.read("id")));

    host.run(&["report"]).with(0);
    until("the old scan is dead", || !runs(&host.read("id")));
    assert_eq!(host.leftovers(), 0);
    assert!(
        host.read("podman-calls")
            .contains(&format!("image unmount {WEB}"))
    );
}
