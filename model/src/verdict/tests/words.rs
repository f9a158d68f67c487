//! What reasons and steps say.

use proto_types::Verdict;

use super::{ANY, DEBIAN_12, Distro, about, advisory, artifact, built_from, reason};
use crate::{
    verdict::{FeedKind, Subject, absent, explain, explain_stated, judge, stated},
    vex::{Statement, Status},
};

#[test]
fn a_reason_names_what_is_built_from_what_and_which_advisory_says_so() {
    let record = advisory(
        "DSA-5764-1",
        &[("Debian:12", "openssl", "+0 -3.0.15-1~deb12u1")],
    );
    let version = "3.0.11-1~deb12u2";
    let libssl = built_from(artifact("deb", "libssl3", version), "openssl", version);
    assert_eq!(
        reason(&record, &libssl, DEBIAN_12),
        "libssl3 is built from openssl 3.0.11-1~deb12u2, which is older than 3.0.15-1~deb12u1 \
         (Debian:12, DSA-5764-1)"
    );
    let openssl = built_from(artifact("deb", "openssl", version), "openssl", version);
    assert_eq!(
        reason(&record, &openssl, DEBIAN_12),
        "openssl 3.0.11-1~deb12u2 is older than 3.0.15-1~deb12u1 (Debian:12, DSA-5764-1)"
    );
}

#[test]
fn a_package_that_isn_t_meant_is_told_from_its_source() {
    let mut record = about("Debian:12", "openssl", "+0 -3.0.15");
    record.affected[0].binaries = vec!["libssl3".to_owned()];
    let judged = |name| {
        let package = built_from(artifact("deb", name, "3.0.11"), "openssl", "3.0.11");
        reason(&record, &package, DEBIAN_12)
    };
    assert_eq!(
        judged("libssl-doc"),
        "libssl-doc 3.0.11: it isn't among the packages built from openssl that the advisory is \
         about (Debian:12, X-1)"
    );
    assert_eq!(
        judged("libssl1.1"),
        "libssl1.1 3.0.11: the advisory lists what it means of openssl, and that differs from this in \
         its numbers alone (Debian:12, X-1)"
    );
}

#[test]
fn a_source_of_unknown_version_is_named_without_one() {
    let record = about("Debian:12", "openssl", "+0");
    let package = built_from(artifact("deb", "libssl3", "3.0.11"), "openssl", "");
    assert_eq!(
        reason(&record, &package, DEBIAN_12),
        "libssl3 is built from openssl, which is affected in every version, and no fix is known \
         (Debian:12, X-1)"
    );
}

/// The events of a record about `x`, a version of that, and what is said of it.
const ROWS: &[(&str, &str, &str)] = &[
    (
        "+0 =1.0",
        "1.0",
        "x 1.0 is no newer than 1.0, the last version that is affected (npm, X-1)",
    ),
    (
        "+0",
        "1.0",
        "x 1.0 is affected in every version, and no fix is known (npm, X-1)",
    ),
    (
        "+0.5",
        "1.0",
        "x 1.0 isn't older than 0.5, and no fix is known since (npm, X-1)",
    ),
    (
        "+0 -0.9",
        "1.0",
        "x 1.0 isn't older than 0.9, which fixes it (npm, X-1)",
    ),
    (
        "+2.0",
        "1.0",
        "x 1.0 is older than 2.0, the first version that is affected (npm, X-1)",
    ),
    (
        "+0 =0.5",
        "1.0",
        "x 1.0 is newer than 0.5, the last version that is affected (npm, X-1)",
    ),
    (
        "+0 -1.0",
        "latest",
        "x latest has a version that can't be compared (npm, X-1)",
    ),
    (
        "",
        "1.0",
        "x 1.0: the advisory has no versions that can be compared (npm, X-1)",
    ),
];

#[test]
fn each_reason_is_a_sentence() {
    for (events, version, expected) in ROWS {
        let record = about("npm", "x", events);
        assert_eq!(
            &reason(&record, &artifact("npm", "x", version), ANY),
            expected
        );
    }
}

#[test]
fn an_unknown_release_is_said() {
    let record = about("Debian:12", "x", "+0");
    let nowhere = Distro {
        id: "debian",
        version: "",
    };
    assert_eq!(
        reason(&record, &artifact("deb", "x", "1.0"), nowhere),
        "x 1.0: the release of its image's distribution isn't known (Debian:12, X-1)"
    );
}

#[test]
fn an_explanation_tells_each_step() {
    let record = advisory(
        "DSA-1",
        &[
            ("Debian:11", "openssl", "+0 -1.1"),
            ("Debian:12", "openssl", "+0 -3.0.15"),
            ("Debian:12", "vim", "+0"),
        ],
    );
    let libssl = built_from(artifact("deb", "libssl3", "3.0.11"), "openssl", "3.0.11");
    let subject = Subject::new(&libssl, false, DEBIAN_12);
    let (judgement, steps) = explain(&record, &subject);
    assert_eq!(judgement.map(|one| one.verdict), Some(Verdict::Affected));
    let steps: Vec<_> = steps.into_iter().map(|step| step.0).collect();
    assert_eq!(
        steps,
        [
            "Debian:11 openssl means it as its source package, at 3.0.11, but is not about debian 12",
            "Debian:12 openssl means it as its source package, at 3.0.11, and fits debian 12",
            "its range: affected from the first version, fixed in 3.0.15",
            "affected: libssl3 is built from openssl 3.0.11, which is older than 3.0.15 (Debian:12, DSA-1)",
            "so it is affected, and 3.0.15 fixes it",
        ]
    );
}

#[test]
fn an_explanation_says_which_of_several_entries_counts() {
    let entries = [
        ("Go", "example.com/x/v2", "+0 -2.0.5"),
        ("Go", "example.com/x/v2", "+2.1.0 =2.3.0"),
    ];
    let mut record = advisory("GHSA-x", &entries);
    record.affected[1].versions = vec!["2.1.0".to_owned(), "2.2.0".to_owned()];
    let module = artifact("go-module", "example.com/x/v2", "v2.2.0");
    let (_, steps) = explain(&record, &Subject::new(&module, false, ANY));
    let steps: Vec<_> = steps.into_iter().map(|step| step.0).collect();
    assert_eq!(
        steps,
        [
            "Go example.com/x/v2 means it by its name, at v2.2.0",
            "its range: affected from the first version, fixed in 2.0.5",
            "fixed: example.com/x/v2 v2.2.0 isn't older than 2.0.5, which fixes it (Go, GHSA-x)",
            "Go example.com/x/v2 means it by its name, at v2.2.0",
            "its range: affected from 2.1.0, affected up to 2.3.0",
            "it lists 2 versions as affected, 2.1.0 to 2.2.0",
            "affected: example.com/x/v2 v2.2.0 is no newer than 2.3.0, the last version that is affected (Go, GHSA-x)",
            "of 2 that speak of it, this counts: example.com/x/v2 v2.2.0 is no newer than 2.3.0, the last version that \
             is affected (Go, GHSA-x)",
            "so it is affected",
        ]
    );
}

#[test]
fn what_no_record_speaks_of_is_unknown_unless_the_feed_lists_everything() {
    assert_eq!(
        absent(None, "alpine 3.16"),
        (Verdict::Unknown, "no feed speaks of alpine 3.16".to_owned())
    );
    assert_eq!(
        absent(Some(FeedKind::FixesOnly), "debian 12").0,
        Verdict::Unknown
    );
    assert_eq!(
        absent(Some(FeedKind::All), "debian 12").0,
        Verdict::NotAffected
    );
}

#[test]
fn a_vendor_s_statement_makes_what_is_affected_not_affected_and_says_who_and_why() {
    let record = about("npm", "x", "+0");
    let package = artifact("npm", "x", "1.0");
    let judgement = judge(&record, &Subject::new(&package, false, ANY)).unwrap();
    let statement = |status| Statement {
        vulnerability: ["X-1".to_owned()].into(),
        products: Vec::new(),
        status,
        justification: "vulnerable_code_not_present".to_owned(),
        author: "Example Ltd".to_owned(),
        time: "2026-03-01T08:00:00Z".parse().ok(),
        source: "vendor".to_owned(),
    };
    let not_affected = statement(Status::NotAffected);
    let now = stated(judgement, &not_affected);
    assert_eq!(now.verdict, Verdict::NotAffected);
    assert_eq!(
        now.because.to_string(),
        "x 1.0: Example Ltd states that this is nothing to fix here: vulnerable_code_not_present \
         (npm, X-1)"
    );
    let other = statement(Status::UnderInvestigation);
    assert_eq!(stated(judgement, &other), judgement);
    let (explained, steps) = explain_stated(judgement, &not_affected);
    assert_eq!(explained, now);
    let steps: Vec<&str> = steps.iter().map(|step| step.0.as_str()).collect();
    assert_eq!(
        steps,
        [
            "Example Ltd states that it is not affected in these images: vulnerable_code_not_present \
             (VEX, imported as vendor, of 2026-03-01)",
            "so it is not affected"
        ]
    );
}
