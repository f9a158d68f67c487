//! Epochs and modules.

use proto_types::Artifact;

use super::{ALMA_8, about, advisory, artifact, built_from, reason, verdict};
use crate::advisory::{Advisory, Module};

#[test]
fn an_rpm_without_an_epoch_is_in_epoch_0() {
    let record = about("AlmaLinux:8", "openssl-libs", "+0 -1:1.1.1k-12.el8_9");
    let judged = |version| verdict(&record, &artifact("rpm", "openssl-libs", version), ALMA_8);
    assert_eq!(judged("1.1.1k-14.el8_9"), "affected 1:1.1.1k-12.el8_9");
    assert_eq!(judged("1:1.1.1k-12.el8_9"), "fixed 1:1.1.1k-12.el8_9");
    // The scanner may know it by the package URL alone.
    let package = Artifact {
        purl: Some("pkg:rpm/almalinux/openssl-libs@1.1.1k-12.el8_9?epoch=1".to_owned()),
        ..artifact("rpm", "openssl-libs", "1.1.1k-12.el8_9")
    };
    assert_eq!(
        verdict(&record, &package, ALMA_8),
        "fixed 1:1.1.1k-12.el8_9"
    );
}

#[test]
fn a_source_rpm_s_missing_epoch_is_left_out() {
    let record = about("AlmaLinux:8", "openssl", "+0 -1:1.1.1k-12.el8_9");
    let judged = |version: &str| {
        let package = artifact("rpm", "openssl-libs", &format!("1:{version}"));
        verdict(&record, &built_from(package, "openssl", version), ALMA_8)
    };
    assert_eq!(judged("1.1.1k-9.el8_7"), "affected 1:1.1.1k-12.el8_9");
    assert_eq!(judged("1.1.1k-12.el8_9"), "fixed 1:1.1.1k-12.el8_9");
}

#[test]
fn an_rpm_that_a_record_names_is_judged_by_its_own_version_alone() {
    let record = advisory(
        "ALSA-1",
        &[
            ("AlmaLinux:8", "nodejs", "+0 -1:18.20.4-1.el8"),
            ("AlmaLinux:8", "npm", "+0 -1:10.7.0-1.18.20.4.1.el8"),
        ],
    );
    let npm = artifact("rpm", "npm", "1:10.7.0-1.18.20.4.1.el8");
    let npm = built_from(npm, "nodejs", "18.20.4-0.el8");
    assert_eq!(
        verdict(&record, &npm, ALMA_8),
        "fixed 1:10.7.0-1.18.20.4.1.el8"
    );
}

/// A record about packages of these modules.
fn of_modules(modules: &[&str]) -> Advisory {
    let fixed = "+0 -1:18.20.4-1.module_el8.10.0+3873+f6e4a4a1";
    let mut record = about("AlmaLinux:8", "nodejs", fixed);
    record.affected[0].module = Module::Of(modules.iter().map(|&one| one.to_owned()).collect());
    record
}

fn nodejs(version: &str, module: Option<&str>) -> Artifact {
    Artifact {
        module: module.map(str::to_owned),
        ..artifact("rpm", "nodejs", version)
    }
}

#[test]
fn a_module_must_be_the_beginning_of_the_package_s_label() {
    let old = "1:16.20.2-2.module_el8.9.0+3731+490e3ba3";
    let judged =
        |modules: &[&str], label| verdict(&of_modules(modules), &nodejs(old, Some(label)), ALMA_8);
    let affected = "affected 1:18.20.4-1.module_el8.10.0+3873+f6e4a4a1";
    let label = "nodejs:18:8090020230927152102:a75119d5";
    assert_eq!(judged(&["nodejs:18"], label), affected);
    assert_eq!(judged(&["nodejs:16", "nodejs:18"], label), affected);
    assert_eq!(judged(&["nodejs:20"], label), "not_affected");
    assert_eq!(judged(&["nodejs:1"], label), "not_affected");
    assert_eq!(judged(&[], label), "unknown");
}

#[test]
fn a_module_without_a_label_is_unknown_and_a_package_outside_of_modules_is_not_meant() {
    let modular = nodejs("1:16.20.2-2.module_el8.9.0+3731+490e3ba3", None);
    assert_eq!(
        verdict(&of_modules(&["nodejs:18"]), &modular, ALMA_8),
        "unknown"
    );
    for label in [None, Some(""), Some("(none)")] {
        let outside = nodejs("1:16.20.2-8.el8", label);
        assert_eq!(
            verdict(&of_modules(&["nodejs:18"]), &outside, ALMA_8),
            "not_affected"
        );
    }
}

#[test]
fn the_very_build_that_a_record_names_is_of_its_module_whatever_is_known_of_that() {
    let fixed = "1:18.20.4-1.module_el8.10.0+3873+f6e4a4a1";
    for modules in [&["nodejs:18"][..], &[]] {
        let record = of_modules(modules);
        let judged = |version| verdict(&record, &nodejs(version, None), ALMA_8);
        assert_eq!(judged(fixed), format!("fixed {fixed}"));
        let rebuilt = "1:18.20.4-1.module_el8.10.0+3874+f6e4a4a1";
        assert_eq!(judged(rebuilt), "unknown");
        // An erratum may name it too.
        let mut record = record.clone();
        let mut other = record.affected[0].clone();
        other.ranges = super::ranges(&format!("+0 -{rebuilt}"));
        record.affected.push(other);
        let both = verdict(&record, &nodejs(fixed, None), ALMA_8);
        assert_eq!(both, format!("fixed {fixed}"));
    }
}

#[test]
fn a_record_about_packages_outside_of_modules_means_none_of_a_module() {
    let record = about("AlmaLinux:8", "nodejs", "+0 -1:16.20.2-8.el8");
    let label = Some("nodejs:16:8090020230927152102:a75119d5");
    let modular = nodejs("1:16.20.1-2.module_el8.9.0+3731+490e3ba3", label);
    assert_eq!(verdict(&record, &modular, ALMA_8), "not_affected");
    // One that doesn't say may mean either.
    let record = about("AlmaLinux:8", "nodejs", "+0 -1:16.20.2");
    assert_eq!(verdict(&record, &modular, ALMA_8), "affected 1:16.20.2");
}

#[test]
fn the_reason_names_both_modules() {
    let label = Some("nodejs:16:8090020230927152102:a75119d5");
    let package = nodejs("1:16.20.2-2.module_el8.9.0+3731+490e3ba3", label);
    assert_eq!(
        reason(&of_modules(&["nodejs:18"]), &package, ALMA_8),
        "nodejs 1:16.20.2-2.module_el8.9.0+3731+490e3ba3 is of the module nodejs:16, and the \
         advisory is about nodejs:18 (AlmaLinux:8, X-1)"
    );
}

#[test]
fn who_is_at_any_of_an_erratum_s_builds_has_the_fix() {
    // The same fix, built again for a later minor release.
    let record = advisory(
        "ALSA-2021:4130",
        &[
            ("AlmaLinux:8", "thunderbird", "+0 -91.3.0-2.el8_4.alma.plus"),
            ("AlmaLinux:8", "thunderbird", "+0 -91.3.0-2.el8_4.alma"),
        ],
    );
    let judged = |version| verdict(&record, &artifact("rpm", "thunderbird", version), ALMA_8);
    assert_eq!(judged("91.3.0-2.el8_4.alma"), "fixed 91.3.0-2.el8_4.alma");
    assert_eq!(judged("91.2.0-1.el8"), "affected 91.3.0-2.el8_4.alma");
    // Another package's fix is none of it.
    let record = advisory(
        "DSA-1-1",
        &[
            ("Debian:12", "gcc", "+0 -4:12.1"),
            ("Debian:12", "gcc-defaults", "+0 -1.204"),
        ],
    );
    let gcc = built_from(artifact("deb", "gcc", "4:12.2"), "gcc-defaults", "1.203");
    assert_eq!(verdict(&record, &gcc, super::DEBIAN_12), "affected 1.204");
    // Intervals of their own are none of that.
    let record = advisory(
        "ALSA-1",
        &[
            ("AlmaLinux:8", "x", "+0 -1.5-1.el8"),
            ("AlmaLinux:8", "x", "+2.0-1.el8 -2.5-1.el8"),
        ],
    );
    let judged = |version| verdict(&record, &artifact("rpm", "x", version), ALMA_8);
    assert_eq!(judged("2.1-1.el8"), "affected 2.5-1.el8");
    // Nor is what isn't an erratum: there, any range is enough.
    let record = advisory(
        "X-1",
        &[("npm", "x", "+0 -1.0.0"), ("npm", "x", "+0 -2.0.0")],
    );
    let npm = artifact("npm", "x", "1.5.0");
    assert_eq!(verdict(&record, &npm, ALMA_8), "affected 2.0.0");
}
