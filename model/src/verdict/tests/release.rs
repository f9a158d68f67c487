//! The release of the image's distribution.

use super::{Distro, about, advisory, artifact, verdict};

/// An ecosystem, the id and version of an image, and whether they fit.
#[rustfmt::skip]
const ROWS: &[(&str, &str, &str, &str)] = &[
    ("Debian:12", "debian", "12", "yes"),
    ("Debian:12", "debian", "12.5", "yes"),
    ("Debian:12", "debian", "11", "no"),
    ("Debian:12", "debian", "", "unknown"),
    ("Debian", "debian", "12", "unknown"),
    ("Debian:12", "", "", "unknown"),
    ("Debian:12", "ubuntu", "12", "no"),
    ("debian:12", "Debian", "12", "yes"),
    ("Ubuntu:22.04:LTS", "ubuntu", "22.04", "yes"),
    ("Ubuntu:24.10", "ubuntu", "24.10", "yes"),
    ("Ubuntu:Pro:22.04:LTS", "ubuntu", "22.04", "yes"),
    ("Ubuntu:Pro:FIPS-updates:22.04:LTS", "ubuntu", "22.04", "no"),
    ("Ubuntu:22.04:LTS", "ubuntu", "24.04", "no"),
    ("Ubuntu", "ubuntu", "24.04", "unknown"),
    ("Alpine:v3.20", "alpine", "3.20.3", "yes"),
    ("Alpine:v3.2", "alpine", "3.20.3", "no"),
    ("Alpine:v3.21", "alpine", "3.21.0_alpha20240807", "no"),
    ("AlmaLinux:8", "almalinux", "8.9", "yes"),
    ("AlmaLinux:8", "almalinux", "9.3", "no"),
    ("AlmaLinux", "almalinux", "9.3", "unknown"),
    ("AlmaLinux:8", "rocky", "8.9", "no"),
    ("Rocky Linux:9", "rocky", "9.3", "yes"),
    ("Red Hat:enterprise_linux:9::appstream", "rhel", "9.3", "yes"),
    ("Red Hat:enterprise_linux:8::baseos", "rhel", "9.3", "no"),
    ("Red Hat:rhel_eus:9.2::baseos", "rhel", "9.2", "yes"),
    ("Red Hat:rhel_eus:9.2::baseos", "rhel", "9.3", "no"),
    ("Red Hat:rhel_eus:9.2::baseos", "rhel", "9", "unknown"),
    ("Red Hat:rhel_els:7", "rhel", "7.9", "yes"),
    ("Red Hat:rhel_els:6", "rhel", "7.9", "no"),
    ("Red Hat:openshift:4.12::el8", "rhel", "8.6", "unknown"),
    ("Red Hat:openshift:4.12::el9", "rhel", "8.6", "no"),
    ("SUSE:Linux Enterprise Server 15 SP5", "sles", "15.5", "yes"),
    ("SUSE:Linux Enterprise Module for Basesystem 15 SP5", "sles", "15.5", "yes"),
    ("SUSE:Linux Enterprise Server 15 SP4-LTSS", "sles", "15.4", "yes"),
    ("SUSE:Linux Enterprise Server 15 SP4-LTSS", "sles", "15.5", "no"),
    ("SUSE:Linux Enterprise Server 12", "sles", "12", "yes"),
    ("SUSE:Linux Enterprise Server 12", "sles", "12.5", "no"),
    ("SUSE:Linux Enterprise Server 16.0", "sles", "16.0", "yes"),
    ("SUSE:Linux Enterprise Server for SAP Applications 15 SP5", "sles_sap", "15.5", "yes"),
    ("SUSE:Linux Enterprise Server LTSS Extended Security 12 SP5", "sles", "12.5", "yes"),
    // A number may be a part of the name.
    ("SUSE:Linux Enterprise Module for Python 3 15 SP5", "sles", "15.5", "yes"),
    ("SUSE:Linux Enterprise Module for Python 3 15 SP5", "sles", "15.4", "no"),
    // The modules of 12 are of all its service packs, those of 15 each of one.
    ("SUSE:Linux Enterprise Module for Containers 12", "sles", "12.5", "yes"),
    ("SUSE:Linux Enterprise Module for Containers 12", "sles", "15.5", "no"),
    ("SUSE:Linux Enterprise Module for Basesystem 15", "sles", "15", "yes"),
    ("SUSE:Linux Enterprise Module for Basesystem 15", "sles", "15.5", "no"),
    ("SUSE:Package Hub 15 SP5", "sles", "15.5", "yes"),
    // On which release these stand isn't said.
    ("SUSE:Manager Server Module 4.3", "sles", "15.4", "unknown"),
    ("SUSE:OpenStack Cloud 9", "sles", "12.4", "unknown"),
    ("SUSE:Enterprise Storage 7.1", "sles", "15.3", "unknown"),
    ("SUSE:Linux Enterprise", "sles", "15.5", "unknown"),
    ("SUSE:Linux Enterprise Micro 5.2", "sle-micro", "5.2", "yes"),
    ("SUSE:Linux Micro 6.0", "sl-micro", "6.0", "yes"),
    ("SUSE:Linux Enterprise Micro 5.2", "sles", "15.2", "no"),
    ("openSUSE:Leap 15.5", "opensuse-leap", "15.5", "yes"),
    ("openSUSE:Leap 15.5", "opensuse-leap", "15.6", "no"),
    ("openSUSE:Leap 15.5 NonFree", "opensuse-leap", "15.5", "yes"),
    ("openSUSE:Leap Micro 5.5", "opensuse-leap-micro", "5.5", "yes"),
    ("openSUSE:Leap Micro 5.5", "opensuse-leap", "15.5", "no"),
    ("openSUSE:Backports SLE-15-SP5", "opensuse-leap", "15.5", "yes"),
    ("openSUSE:Tumbleweed", "opensuse-tumbleweed", "20240807", "yes"),
    ("openSUSE:Tumbleweed", "opensuse-leap", "15.5", "no"),
    // An image says which release it is of, and not which service pack.
    ("openEuler:24.03-LTS", "openEuler", "24.03", "unknown"),
    ("openEuler:24.03-LTS", "openEuler", "24.03-LTS", "yes"),
    ("openEuler:24.03-LTS", "openEuler", "24.03-LTS-SP1", "no"),
    ("openEuler:23.09", "openEuler", "23.09", "yes"),
    ("openEuler:24.03-LTS-SP1", "openEuler", "24.03", "unknown"),
    ("openEuler:22.03-LTS", "openEuler", "24.03", "no"),
    ("Photon OS:5.0", "photon", "5.0", "yes"),
    ("Azure Linux:3", "azurelinux", "3.0", "yes"),
    ("Mageia:9", "mageia", "9", "yes"),
    ("Wolfi", "wolfi", "20230201", "yes"),
    ("Chainguard", "wolfi", "20230201", "no"),
    ("Chainguard", "chainguard", "20230214", "yes"),
];

#[test]
fn a_record_is_about_the_release_that_its_ecosystem_names() {
    for (ecosystem, id, version, fits) in ROWS {
        let record = about(ecosystem, "thing", "+0");
        let family = record.affected[0].ecosystem.family().unwrap();
        let package = artifact(family.purl_type(), "thing", "1.0-1");
        let found = verdict(&record, &package, Distro { id, version });
        let expected = match *fits {
            "yes" => "affected",
            "no" => "silent",
            unknown => unknown,
        };
        assert_eq!(found, expected, "{ecosystem} {id} {version}");
    }
}

#[test]
fn where_one_entry_is_about_the_release_the_others_say_nothing() {
    let record = advisory(
        "X-1",
        &[
            ("Red Hat:openshift:4.12::el9", "openssl", "+0"),
            (
                "Red Hat:enterprise_linux:9::baseos",
                "openssl",
                "+0 -1:3.0.7-27.el9",
            ),
        ],
    );
    let package = artifact("rpm", "openssl", "1:3.0.7-27.el9");
    let rhel = Distro {
        id: "rhel",
        version: "9.4",
    };
    assert_eq!(verdict(&record, &package, rhel), "fixed 1:3.0.7-27.el9");
}

#[test]
fn a_fix_with_extended_support_is_one_for_who_has_it() {
    let record = advisory(
        "UBUNTU-CVE-1",
        &[
            ("Ubuntu:20.04:LTS", "vim", "+0"),
            ("Ubuntu:Pro:20.04:LTS", "vim", "+0 -2:8.1-1ubuntu5+esm1"),
        ],
    );
    let focal = Distro {
        id: "ubuntu",
        version: "20.04",
    };
    let judged = |version| verdict(&record, &artifact("deb", "vim", version), focal);
    assert_eq!(judged("2:8.1-1ubuntu5+esm1"), "fixed 2:8.1-1ubuntu5+esm1");
    assert_eq!(judged("2:8.1-1ubuntu5"), "affected");
    // A later version that isn't of that channel is what the record says of everybody's.
    assert_eq!(judged("2:8.1-1ubuntu6"), "affected");
}

#[test]
fn an_extended_update_of_enterprise_linux_is_older_than_the_fix_that_everybody_gets() {
    let record = advisory(
        "RHSA-1",
        &[
            (
                "Red Hat:enterprise_linux:9::baseos",
                "openssl",
                "+0 -1:3.0.7-28.el9_4",
            ),
            (
                "Red Hat:rhel_eus:9.2::baseos",
                "openssl",
                "+0 -1:3.0.7-18.el9_2.1",
            ),
        ],
    );
    let judged = |version, release| {
        let rhel = Distro {
            id: "rhel",
            version: release,
        };
        verdict(&record, &artifact("rpm", "openssl", version), rhel)
    };
    assert_eq!(
        judged("1:3.0.7-18.el9_2.1", "9.2"),
        "fixed 1:3.0.7-18.el9_2.1"
    );
    assert_eq!(
        judged("1:3.0.7-18.el9_2", "9.2"),
        "affected 1:3.0.7-28.el9_4"
    );
    assert_eq!(
        judged("1:3.0.7-20.el9_3", "9.3"),
        "affected 1:3.0.7-28.el9_4"
    );
}
