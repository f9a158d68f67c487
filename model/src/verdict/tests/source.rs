//! By source and by binary package.

use super::{DEBIAN_12, about, advisory, artifact, built_from, verdict};
use crate::advisory::Advisory;

#[test]
fn a_record_of_a_source_package_means_what_is_built_from_it_at_the_source_s_version() {
    let record = about("Debian:12", "openssl", "+0 -3.0.15-1~deb12u1");
    let libssl = |version: &str| {
        let package = artifact("deb", "libssl3", version);
        verdict(&record, &built_from(package, "openssl", version), DEBIAN_12)
    };
    assert_eq!(libssl("3.0.11-1~deb12u2"), "affected 3.0.15-1~deb12u1");
    assert_eq!(libssl("3.0.15-1~deb12u1"), "fixed 3.0.15-1~deb12u1");
    // The package has another version, and even another epoch, than its source.
    let record = about("Debian:12", "lvm2", "+0 -2.03.17");
    let dmsetup = artifact("deb", "dmsetup", "2:1.02.185-2");
    let dmsetup = built_from(dmsetup, "lvm2", "2.03.16-2");
    assert_eq!(verdict(&record, &dmsetup, DEBIAN_12), "affected 2.03.17");
}

#[test]
fn a_record_of_a_binary_package_means_it_at_its_own_version() {
    let record = about("Debian:12", "dmsetup", "+0 -2:1.02.190-1");
    let dmsetup = artifact("deb", "dmsetup", "2:1.02.185-2");
    let dmsetup = built_from(dmsetup, "lvm2", "2.03.16-2");
    assert_eq!(
        verdict(&record, &dmsetup, DEBIAN_12),
        "affected 2:1.02.190-1"
    );
    let other = artifact("deb", "libdevmapper", "2:1.02.185-2");
    let other = built_from(other, "lvm2", "2.03.16-2");
    assert_eq!(verdict(&record, &other, DEBIAN_12), "silent");
}

#[test]
fn a_deb_that_was_rebuilt_alone_has_its_source_s_version() {
    let record = about("Debian:12", "bash", "+0 =5.2.15-2");
    let bash = built_from(artifact("deb", "bash", "5.2.15-2+b7"), "bash", "5.2.15-2");
    assert_eq!(verdict(&record, &bash, DEBIAN_12), "affected");
}

#[test]
fn a_source_of_unknown_version_is_unknown_unless_the_package_itself_is_named() {
    let package = built_from(artifact("rpm", "openssl-libs", "1:3.0.7-1"), "openssl", "");
    let rocky = super::Distro {
        id: "rocky",
        version: "9.3",
    };
    let by_source = ("Rocky Linux:9", "openssl", "+0 -1:3.0.8-1");
    let record = advisory("RLSA-1", &[by_source]);
    assert_eq!(verdict(&record, &package, rocky), "unknown");
    let by_name = ("Rocky Linux:9", "openssl-libs", "+0 -1:3.0.7-1");
    let record = advisory("RLSA-1", &[by_source, by_name]);
    assert_eq!(verdict(&record, &package, rocky), "fixed 1:3.0.7-1");
}

#[test]
fn where_a_record_lists_the_binaries_that_it_means_no_other_is_affected() {
    let ubuntu = super::Distro {
        id: "ubuntu",
        version: "22.04",
    };
    let mut record = about("Ubuntu:22.04:LTS", "openssl", "+0 -3.0.2-0ubuntu1.18");
    record.affected[0].binaries = vec!["libssl3".to_owned(), "openssl".to_owned()];
    let judged = |record: &Advisory, name| {
        let package = artifact("deb", name, "3.0.2-0ubuntu1.10");
        let package = built_from(package, "openssl", "3.0.2-0ubuntu1.10");
        verdict(record, &package, ubuntu)
    };
    assert_eq!(judged(&record, "libssl3"), "affected 3.0.2-0ubuntu1.18");
    assert_eq!(judged(&record, "libssl-doc"), "not_affected");
}

#[test]
fn a_binary_that_is_called_like_a_listed_one_but_for_its_numbers_may_be_meant() {
    let ubuntu = super::Distro {
        id: "ubuntu",
        version: "22.04",
    };
    let mut record = about("Ubuntu:22.04:LTS", "linux", "+0 -5.15.0-119.129");
    let listed = ["libssl3t64", "linux-image-5.15.0-119-generic"];
    record.affected[0].binaries = listed.map(str::to_owned).to_vec();
    let judged = |name, version| {
        let package = built_from(artifact("deb", name, version), "linux", version);
        verdict(&record, &package, ubuntu)
    };
    let image = |version| judged("linux-image-5.15.0-100-generic", version);
    assert_eq!(image("5.15.0-100.110"), "unknown");
    assert_eq!(image("5.15.0-120.130"), "fixed 5.15.0-119.129");
    assert_eq!(judged("libssl1.1", "5.15.0-100.110"), "unknown");
    let other = judged("linux-image-5.15.0-100-lowlatency", "5.15.0-100.110");
    assert_eq!(other, "not_affected");
}

#[test]
fn what_is_not_a_package_of_that_kind_is_not_spoken_of() {
    let record = about("Debian:12", "six", "+0");
    let python = artifact("python", "six", "1.16.0");
    assert_eq!(verdict(&record, &python, DEBIAN_12), "silent");
    let unknown = about("Some New Thing:3", "six", "+0");
    assert_eq!(verdict(&unknown, &python, DEBIAN_12), "silent");
}

#[test]
fn what_was_withdrawn_affects_nothing() {
    let mut record = about("Debian:12", "openssl", "+0");
    record.withdrawn = Some(jiff::Timestamp::UNIX_EPOCH);
    let package = artifact("deb", "openssl", "3.0.11-1");
    assert_eq!(verdict(&record, &package, DEBIAN_12), "not_affected");
}

#[test]
fn the_kernel_s_headers_have_none_of_its_code() {
    let record = about("Debian:12", "linux", "+0 -6.1.90-1");
    let judged = |name| {
        let package = built_from(artifact("deb", name, "6.1.76-1"), "linux", "6.1.76-1");
        verdict(&record, &package, DEBIAN_12)
    };
    assert_eq!(judged("linux-libc-dev"), "not_affected");
    assert_eq!(judged("linux-headers-6.1.0-18-amd64"), "not_affected");
    assert_eq!(judged("linux-image-6.1.0-18-amd64"), "affected 6.1.90-1");
    // Where a record names it itself, it means it.
    let record = about("AlmaLinux:8", "kernel-headers", "+0 -4.18.0-513.el8");
    let headers = artifact("rpm", "kernel-headers", "4.18.0-477.el8");
    let headers = built_from(headers, "kernel", "4.18.0-477.el8");
    assert_eq!(
        verdict(&record, &headers, super::ALMA_8),
        "affected 4.18.0-513.el8"
    );
}
