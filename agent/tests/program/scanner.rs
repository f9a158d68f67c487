//! A scanner that doesn't work: the host's fault, found out before an image is mounted.

use serde_json::{Value, json};

use crate::support::{DB, Ended, Host, WEB};

/// A host with two leases, and a syft that fails like this whatever it scans.
fn broken(script: &str) -> Host {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB), ("db", DB)]);
    host.server.leases(&[WEB, DB]);
    host.script("syft", &format!("#!/bin/sh\n{script}\n"));
    host
}

fn causes(host: &Host) -> Vec<Value> {
    let failures = host.server.bodies("reports/scan-failure");
    failures
        .into_iter()
        .map(|failure| failure["cause"].clone())
        .collect()
}

#[test]
fn a_scanner_that_fails_on_an_empty_folder_mounts_nothing_and_counts_against_no_image() {
    for script in [
        "echo 'unknown flag: --override-default-catalogers' >&2; exit 1",
        "echo 'invalid application config: yaml: x' >&2; exit 1",
        "kill -KILL $$",
        "echo '{}'",
    ] {
        let host = broken(script);
        let ended = host
            .run(&["report"])
            .with(1)
            .saying("no image can be scanned");
        assert_eq!(
            causes(&host),
            ["environment", "environment"],
            "{}",
            ended.stderr
        );
        assert!(!host.read("podman-calls").contains("image mount"));
        for report in host.server.bodies("reports/full") {
            assert_eq!(report.get("scanner"), None);
        }
        assert_eq!(host.leftovers(), 0);
    }
}

#[test]
fn a_scanner_that_breaks_later_gives_its_leases_back_and_the_next_report_says_so() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    let flag = host.path("broken");
    let document = json!({"artifacts": [], "descriptor": {"name": "syft", "version": "9.9.9"}});
    let works = format!("[ ! -e {} ] || exit 1\necho '{document}'", flag.display());
    host.script("syft", &format!("#!/bin/sh\n{works}\n"));
    host.run(&["report"]).with(0);
    // Its program is the same, and fails all the same.
    host.write("broken", "");
    host.server.leases(&[WEB]);
    let before = host.server.bodies("reports/full").len();
    host.run(&["report"]).with(1);
    let reports = host.server.bodies("reports/full").split_off(before);
    assert_eq!(reports[0]["scanner"], "syft 9.9.9");
    assert_eq!(reports[1].get("scanner"), None);
    assert_eq!(causes(&host), ["environment"]);
}

#[test]
fn a_scanner_that_breaks_during_a_scan_counts_against_no_image() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB), ("db", DB)]);
    host.server.leases(&[WEB, DB]);
    // It works when it is tried first, and never again.
    let (count, document) = (host.path("count"), host.path("document.json"));
    let once = format!(
        "[ ! -e {0} ] || exit 1; touch {0}; cat {1}",
        count.display(),
        document.display()
    );
    host.script("syft", &format!("#!/bin/sh\n{once}\n"));
    host.run(&["report"]).with(1);
    assert_eq!(causes(&host), ["environment", "environment"]);
    assert_eq!(
        host.read("podman-calls").matches("image unmount").count(),
        1
    );
}

#[test]
fn a_cycle_with_nothing_to_scan_does_not_start_the_scanner_that_it_knows() {
    let host = Host::enrolled();
    let calls = host.path("calls");
    let document = json!({"artifacts": [], "descriptor": {"name": "syft", "version": "9.9.9"}});
    let script = format!(
        "#!/bin/sh\necho x >>{}\necho '{document}'\n",
        calls.display()
    );
    host.script("syft", &script);
    for _ in 0..3 {
        host.run(&["report"]).with(0);
    }
    assert_eq!(host.read("calls").lines().count(), 1);
    for report in host.server.bodies("reports/full") {
        assert_eq!(report["scanner"], "syft 9.9.9");
    }
    // Another program is another scanner.
    host.script("syft", &script.replace("9.9.9", "9.9.10"));
    host.run(&["report"]).with(0);
    let reports = host.server.bodies("reports/full");
    assert_eq!(reports.last().unwrap()["scanner"], "syft 9.9.10");
}

#[test]
fn a_check_says_that_the_scanner_does_not_work() {
    let host = broken("echo 'unknown flag: --base-path' >&2; exit 1");
    let ended = Ended::from(host.command(&["check"]).output().unwrap());
    ended
        .with(1)
        .saying("no image can be scanned")
        .saying("unknown flag");
}
