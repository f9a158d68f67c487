//! Where an artifact is from, and who can speak of it.

use super::{DEBIAN_12, Distro, about};
use crate::{
    advisory::Ecosystem,
    verdict::{FeedKind, can_speak, may_speak, origin},
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
fn a_feed_can_speak_of_a_release_that_it_is_about() {
    let speaks =
        |ecosystem, artifact_type| can_speak(&Ecosystem::new(ecosystem), artifact_type, DEBIAN_12);
    assert!(speaks("Debian:12", "deb") && speaks("PyPI", "python"));
    assert!(!speaks("Debian:11", "deb") && !speaks("Debian", "deb"));
    assert!(!speaks("PyPI", "deb") && !speaks("Some New Thing", "deb"));
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
    assert!(FeedKind::All > FeedKind::FixesOnly);
}

#[test]
fn a_release_is_spoken_of_where_it_is_the_images_or_may_be() {
    let debian = |version| Distro {
        id: "debian",
        version,
    };
    let speaks = |ecosystem: &str, distro| may_speak(&Ecosystem::new(ecosystem), distro);
    assert!(speaks("Debian:12", debian("12")));
    assert!(speaks("Debian", debian("12")), "of any release, perhaps");
    assert!(speaks("Debian:12", debian("")));
    assert!(!speaks("Debian:12", debian("11")));
    assert!(!speaks("Alpine:v3.20", debian("12")));
    assert!(!speaks("npm", debian("12")));
    assert!(!speaks("what nobody knows", debian("12")));
}
