//! Where an artifact is from, and who can speak of it.

use super::{DEBIAN_12, Distro, about};
use crate::{
    advisory::Ecosystem,
    verdict::{FeedKind, can_speak, origin, unspoken},
};

#[test]
fn an_artifact_is_from_its_image_s_distribution_or_from_a_registry() {
    assert_eq!(origin("deb", DEBIAN_12), "debian 12");
    assert_eq!(origin("python", DEBIAN_12), "PyPI");
    assert_eq!(origin("java-archive", DEBIAN_12), "Maven");
    assert_eq!(origin("linux-kernel", DEBIAN_12), "linux-kernel");
    let sid = Distro {
        id: "debian",
        version: "",
    };
    assert_eq!(origin("deb", sid), "debian");
    assert!(origin("rpm", Distro::default()).contains("isn't known"));
}

#[test]
fn a_feed_of_errata_lists_fixes_only() {
    let kind = |id: &str, ecosystem| {
        let mut record = about(ecosystem, "x", "+0 -1.0");
        record.id = id.to_owned();
        FeedKind::of(&record)
    };
    assert_eq!(kind("DSA-1-1", "Debian:12"), FeedKind::FixesOnly);
    assert_eq!(kind("ALSA-2024:1", "AlmaLinux:8"), FeedKind::FixesOnly);
    assert_eq!(
        kind("ALPINE-CVE-2024-1", "Alpine:v3.20"),
        FeedKind::FixesOnly
    );
    assert_eq!(kind("DEBIAN-CVE-2024-1", "Debian:12"), FeedKind::All);
    assert_eq!(kind("GHSA-1", "npm"), FeedKind::All);
    assert!(FeedKind::All > FeedKind::FixesOnly && FeedKind::FixesOnly > FeedKind::Part);
}

#[test]
fn a_release_is_spoken_of_where_an_ecosystem_is_surely_that() {
    let of = |id, version| Distro { id, version };
    let speaks = |ecosystem: &str, distro| can_speak(&Ecosystem::new(ecosystem), distro);
    assert!(speaks("Debian:12", of("debian", "12")));
    assert!(speaks("Ubuntu:Pro:22.04:LTS", of("ubuntu", "22.04")));
    for unsure in [
        "Debian",
        "Debian:11",
        "Alpine:v3.20",
        "npm",
        "what nobody knows",
    ] {
        assert!(!speaks(unsure, of("debian", "12")), "{unsure}");
    }
    assert!(!speaks("Debian:12", of("debian", "")));
    assert!(!speaks("Debian:12", Distro::default()));
    assert!(!speaks("Red Hat:openshift:4.12::el8", of("rhel", "8.6")));
    assert!(!speaks("openEuler:24.03-LTS", of("openEuler", "24.03")));
}

#[test]
fn what_is_not_spoken_of_is_said_with_why() {
    let said = |id, version, many| unspoken(Distro { id, version }, ("CVE-2024-1", many, 3));
    assert_eq!(
        said("alpine", "3.16", 3),
        "none of the advisories is about alpine 3.16"
    );
    assert_eq!(
        said("arch", "", 1),
        "none of the advisories on CVE-2024-1 is about arch"
    );
    assert_eq!(
        said("alpine", "3.16", 2),
        "none of the advisories on 2 vulnerabilities, such as CVE-2024-1, is about alpine 3.16"
    );
    assert_eq!(
        said("debian", "", 1),
        "which release of debian these images are of isn't known"
    );
    assert_eq!(
        said("", "", 1),
        "which distribution these images are of isn't known"
    );
}
