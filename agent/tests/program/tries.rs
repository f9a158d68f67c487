//! Scans that a bound ends: what can be known all the same is looked for again, and sent as
//! partial.

use serde_json::Value;

use crate::support::{Host, WEB, document};

/// A host whose syft does `costly` where it looks for everything, and finds bash where it is to look
/// for `cheap`; at anything between it does `costly` too. It says what it finds in its folder.
fn host(costly: &str, cheap: &str) -> Host {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.server.leases(&[WEB]);
    costs(&host, costly, cheap);
    host
}

fn costs(host: &Host, costly: &str, cheap: &str) {
    host.write("document.json", &document(&["bash"]).to_string());
    let (document, left) = (host.path("document.json"), host.path("left"));
    host.syft(&format!(
        "ls $TMPDIR >>{left}\ncase \" $* \" in *\" {cheap} \"*) cat {document}; exit ;; esac\n{costly}",
        left = left.display(),
        document = document.display()
    ));
}

/// The only SBOM that was sent.
fn partial(host: &Host) -> Value {
    let failures = host.server.bodies("reports/scan-failure");
    assert!(failures.is_empty(), "{failures:?}");
    let [scan] = &host.server.bodies("reports/scan")[..] else {
        panic!("one SBOM was expected");
    };
    assert_eq!(scan["status"], "partial");
    assert_eq!(scan["image"]["artifacts"][0]["name"], "bash");
    assert_eq!(host.leftovers(), 0);
    scan.clone()
}

fn tries(host: &Host) -> usize {
    host.read("syft-calls").lines().count()
}

#[test]
fn an_image_whose_archives_take_too_much_room_is_looked_at_again_without_them() {
    let costly = "head -c 3000000 /dev/zero >$TMPDIR/big; sleep 300";
    let host = host(costly, "--select-catalogers=-java");
    host.run(&["report", "--scan-space", "1MiB"]).with(0);
    assert_eq!(
        partial(&host)["reason"],
        "syft used more than 1 MiB of temporary space (`scan_space`) and was stopped; \
         it looked again without Java archives"
    );
    assert_eq!(
        host.read("left"),
        "",
        "each try begins with an empty folder"
    );
    assert_eq!(tries(&host), 2);
}

#[test]
fn an_image_that_takes_too_much_memory_is_looked_at_again_for_less() {
    // `tail` keeps what has no end of a line.
    let costly = "head -c 200000000 /dev/zero | tail; sleep 300";
    let host = host(costly, "--select-catalogers=-java,-binary");
    host.run(&["report", "--scan-memory", "64MiB"]).with(0);
    let partial = partial(&host);
    assert!(partial.get("cause").is_none(), "it counts as the image's");
    let reason = partial["reason"].as_str().unwrap();
    assert!(
        reason.contains("64 MiB of memory (`scan_memory`)"),
        "{reason}"
    );
    assert!(reason.ends_with("without Java archives and binaries"));
    assert_eq!(tries(&host), 2);
}

#[test]
fn an_image_that_takes_too_long_is_looked_at_for_the_distributions_packages_in_the_end() {
    let host = host("sleep 300", "--select-catalogers=os");
    host.run(&["report", "--scan-time", "1s"]).with(0);
    let partial = partial(&host);
    let reason = partial["reason"].as_str().unwrap();
    assert!(reason.contains("longer than 1 s (`scan_time`)"), "{reason}");
    assert!(reason.ends_with("packages of the distribution alone"));
    assert_eq!(tries(&host), 3);
}

#[test]
fn what_another_try_could_not_see_either_is_said_too() {
    let host = host("sleep 300", "--select-catalogers=-java,-binary");
    host.write("tree/lib/apk/db/installed", "P:musl\n");
    host.run(&["report", "--scan-time", "1s"]).with(0);
    let reason = partial(&host)["reason"].to_string();
    assert!(
        reason.contains("`scan_time`") && reason.contains("lib/apk/db/installed"),
        "{reason}"
    );
}

#[test]
fn what_was_found_in_the_rest_of_a_lease_counts_nothing_against_the_image() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.server.leases_for(&[WEB], 8);
    costs(&host, "sleep 300", "--select-catalogers=-java,-binary");
    host.run(&["report"]).with(0);
    let partial = partial(&host);
    assert_eq!(partial["cause"], "environment");
    let reason = partial["reason"].as_str().unwrap();
    assert!(
        reason.starts_with("the lease left syft too little time"),
        "{reason}"
    );
}

#[test]
fn where_no_other_try_works_the_failure_is_that_of_the_first() {
    let host = host("sleep 300", "no-such");
    let syft = host.read("syft");
    let fails = "case \"$*\" in *select-catalogers*) echo 'unknown flag' >&2; exit 1 ;; esac\n";
    host.script(
        "syft",
        &syft.replace("ls $TMPDIR", &format!("{fails}ls $TMPDIR")),
    );
    host.run(&["report", "--scan-time", "1s"]).with(0);
    let [failure] = &host.server.bodies("reports/scan-failure")[..] else {
        panic!("one failure was expected");
    };
    assert_eq!(failure["cause"], "image");
    let message = failure["message"].as_str().unwrap();
    assert!(message.contains("took longer than 1 s"), "{message}");
    assert_eq!(tries(&host), 2);
}

#[test]
fn an_image_that_goes_between_two_tries_is_a_failure_of_the_host() {
    let host = host("sleep 300", "--select-catalogers=os");
    let syft = host.read("syft");
    let goes = format!("echo '[]' >{}\n", host.path("mounts.json").display());
    host.script(
        "syft",
        &syft.replace("ls $TMPDIR", &format!("{goes}ls $TMPDIR")),
    );
    host.run(&["report", "--scan-time", "1s"]).with(0);
    assert!(host.server.bodies("reports/scan").is_empty());
    let failure = &host.server.bodies("reports/scan-failure")[0];
    assert_eq!(failure["cause"], "environment");
}
