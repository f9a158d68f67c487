//! Package databases: what makes an SBOM partial, and what doesn't.

use serde_json::{Value, json};

use crate::support::{Host, WEB, document};

const NONE: &str = "dpkg-db-cataloger: unable to determine packages";

/// What the server is told of an image with these files, of which syft notes this.
fn scanned(files: &[(&str, &str)], document: &mut Value, notes: &[(&str, &str)]) -> Value {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.server.leases(&[WEB]);
    for (path, content) in files {
        host.write(&format!("tree/{path}"), content);
    }
    let notes = notes
        .iter()
        .map(|(path, unknown)| json!({"location": {"path": path}, "unknowns": [unknown]}));
    document["files"] = notes.collect();
    host.syft_prints(document);
    host.run(&["report"]).with(0);
    host.server.bodies("reports/scan").remove(0)
}

#[test]
fn a_distroless_image_is_complete() {
    let files = [
        ("var/lib/dpkg/status.d/bash", "Package: bash\nVersion: 1\n"),
        ("var/lib/dpkg/status.d/bash.md5sums", "d41d  usr/x\n"),
    ];
    let notes = [("/var/lib/dpkg/status.d/bash.md5sums", NONE)];
    let scan = scanned(&files, &mut document(&["bash"]), &notes);
    assert_eq!(scan["status"], "complete", "{}", scan["reason"]);
}

#[test]
fn a_database_of_another_root_that_is_empty_leaves_the_image_complete() {
    let files = [
        ("var/lib/dpkg/status", "Package: bash\nVersion: 1\n"),
        ("srv/chroot/var/lib/dpkg/status", "\n"),
    ];
    let notes = [("/srv/chroot/var/lib/dpkg/status", NONE)];
    let scan = scanned(&files, &mut document(&["bash"]), &notes);
    assert_eq!(scan["status"], "complete", "{}", scan["reason"]);
}

#[test]
fn an_image_with_a_database_that_is_being_built_up_is_complete() {
    for (path, note) in [
        ("var/lib/dpkg/status", NONE),
        (
            "lib/apk/db/installed",
            "apk-db-cataloger: unable to determine packages",
        ),
    ] {
        let notes = [(&*format!("/{path}"), note)];
        let scan = scanned(&[(path, "\n")], &mut document(&[]), &notes);
        assert_eq!(scan["status"], "complete", "{}", scan["reason"]);
    }
}

#[test]
fn a_database_that_was_cut_off_makes_an_sbom_partial() {
    let files = [("var/lib/dpkg/status", "Package: bash\nVersion: 1\n\nPack")];
    let scan = scanned(&files, &mut document(&["bash"]), &[]);
    assert_eq!(scan["status"], "partial");
    assert!(
        scan["reason"]
            .as_str()
            .unwrap()
            .contains("in the middle of a line")
    );
}

#[test]
fn a_package_of_which_only_the_settings_are_left_is_not_told() {
    let status = "Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\n\
                  Package: gone\nStatus: deinstall ok config-files\nArchitecture: amd64\nVersion: 1\n\n";
    let mut document = document(&["bash", "gone"]);
    for artifact in document["artifacts"].as_array_mut().unwrap() {
        let purl = format!(
            "{}?arch=amd64&distro=debian-12",
            artifact["purl"].as_str().unwrap()
        );
        artifact["purl"] = json!(purl);
    }
    let scan = scanned(&[("var/lib/dpkg/status", status)], &mut document, &[]);
    assert_eq!(scan["status"], "complete", "{}", scan["reason"]);
    let artifacts = scan["image"]["artifacts"].as_array().unwrap();
    assert_eq!(artifacts.len(), 1, "{artifacts:?}");
    assert_eq!(artifacts[0]["name"], "bash");
}
