//! The advisories tab against a real server: from an imported feed down to a host, and back.

use serde_json::{Value, json};

use crate::{Fleet, Screen};

/// A feed of one advisory about openssl: db-1 runs what is older than its fix, web-1 and web-2 don't.
fn feed() -> Value {
    let events = json!([{"introduced": "0"}, {"fixed": "3.0.15-1~deb12u1"}]);
    json!([{
        "id": "DSA-5764-1",
        "upstream": ["CVE-2024-6119"],
        "summary": "openssl \u{1b}[31m- security update",
        "affected": [{
            "package": {"ecosystem": "Debian:12", "name": "openssl"},
            "ranges": [{"type": "ECOSYSTEM", "events": events}],
        }],
    }])
}

/// A catalog that has its CVE.
fn catalog() -> Value {
    json!({
        "title": "CISA Catalog of Known Exploited Vulnerabilities",
        "catalogVersion": "2026.03.28",
        "count": 1,
        "vulnerabilities": [{"cveID": "CVE-2024-6119", "dateAdded": "2026-03-01", "dueDate": "2026-03-22"}],
    })
}

#[test]
fn what_affects_the_fleet_is_drilled_down_to_a_host_with_the_reason() {
    let fleet = Fleet::new();
    let screen = Screen::new(fleet.dir());
    screen.start_tui("", "");
    screen.wait_for("artifacts 3");
    screen.press(&["6"]);
    screen.wait_for("no feeds yet: import one with `assetctl advisories import PATH`");
    fleet.import("Debian.json", &feed());
    screen.press(&["F5"]);
    screen.wait_for("▸ DSA-5764-1");
    fleet.import("known_exploited_vulnerabilities.json", &catalog());
    screen.press(&["F5"]);
    screen.wait_for("▸!DSA-5764-1");
    screen.wait_for("1 known to be exploited");
    screen.wait_for(r"openssl \x1b[31m- security");
    // Down to the host, with why on the way.
    screen.press(&["Enter"]);
    let artifacts = screen.wait_for("artifacts of DSA-5764-1 2");
    let affected = artifacts.find("affected  openssl");
    assert!(
        affected.is_some() && affected < artifacts.find("fixed     openssl"),
        "{artifacts}"
    );
    screen.wait_for("reason      openssl 3.0.9-1 is older");
    screen.press(&["Enter"]);
    screen.wait_for("images of openssl 1");
    screen.press(&["Enter"]);
    screen.wait_for("containers of openssl 1");
    screen.wait_for("▸ db-1");
    // Back, and sideways to the hosts.
    screen.press(&["6", ":"]);
    screen.type_text("advisory DSA-5764-1");
    screen.press(&["Enter"]);
    screen.wait_for("artifacts of DSA-5764-1 2");
    screen.press(&["Escape"]);
    screen.wait_for("▸!DSA-5764-1");
    screen.press(&["o"]);
    screen.wait_for("hosts of DSA-5764-1 1");
    screen.wait_for("▸ db-1");
    // By its CVE in whatever case, and one that no feed knows.
    screen.press(&[":"]);
    screen.type_text("cve-2024-6119");
    screen.press(&["Enter"]);
    screen.wait_for("artifacts of cve-2024-6119 2");
    screen.press(&[":"]);
    screen.type_text("CVE-2099-1");
    screen.press(&["Enter"]);
    screen.wait_for("not conclusive: of what no feed speaks, nothing is known");
    // Of the past it is known what one affected, and not which did.
    screen.press(&["Escape"]);
    screen.wait_for("▸!DSA-5764-1");
    screen.press(&["["]);
    screen.wait_for("the list of advisories is of what runs now only");
    screen.press(&["q"]);
    screen.wait_for("left 0");
    screen.assert_settings_are_back();
}
