//! Events, versions one by one, and what may be in a record besides.

use super::{ANY, about, artifact, verdict};
use crate::advisory::Known;

/// The events of a range, a version, and what comes of it.
#[rustfmt::skip]
const ROWS: &[(&str, &str, &str)] = &[
    ("+0", "0.0.1", "affected"),
    ("+0 -1.0.0", "0.9.0", "affected 1.0.0"),
    ("+0 -1.0.0", "1.0.0", "fixed 1.0.0"),
    ("+1.0.0 -2.0.0", "0.9.0", "not_affected"),
    ("+1.0.0 -2.0.0", "1.0.0", "affected 2.0.0"),
    ("+0 =1.0.0", "1.0.0", "affected"),
    ("+0 =1.0.0", "1.0.1", "not_affected"),
    // Several intervals in one range, and in several.
    ("+0 -1.13.13 +1.14.0 -1.14.5", "1.13.20", "fixed 1.13.13"),
    ("+0 -1.13.13 +1.14.0 -1.14.5", "1.14.1", "affected 1.14.5"),
    ("+0 =1.0.0 +2.0.0 =2.5.0", "2.1.0", "affected"),
    ("+0 =1.0.0 +2.0.0 =2.5.0", "1.5.0", "not_affected"),
    ("+0 -1.0.0 | +2.0.0 -2.5.0", "2.1.0", "affected 2.5.0"),
    ("+0 -1.0.0 | +2.0.0 -2.5.0", "2.6.0", "fixed 1.0.0"),
    ("+0 -1.0.0 +2.0.0", "3.0.0", "affected"),
    // The order of the text doesn't count.
    ("-1.14.5 +1.14.0 -1.13.13 +0", "1.14.1", "affected 1.14.5"),
    ("-1.14.5 +1.14.0 -1.13.13 +0", "1.13.20", "fixed 1.13.13"),
    // At one version it does.
    ("+0 -1.0.0 +1.0.0 -2.0.0", "1.0.0", "affected 2.0.0"),
    ("+1.0.0 -1.0.0", "1.0.0", "fixed 1.0.0"),
    // Limits.
    ("+0 *2.0.0", "1.0.0", "affected"),
    ("+0 *2.0.0", "2.0.0", "not_affected"),
    ("+0 *2.0.0 *3.0.0", "2.0.0", "affected"),
    ("+0 -1.0.0 **", "0.5.0", "affected 1.0.0"),
    // Never affected, as Wolfi says it.
    ("+0 -0", "1.0.0", "not_affected"),
    // A beginning is missing.
    ("-1.0.0", "0.5.0", "not_affected"),
    ("", "1.0.0", "unknown"),
];

#[test]
fn the_last_event_that_a_version_has_reached_decides() {
    for (events, version, expected) in ROWS {
        let record = about("npm", "x", events);
        let found = verdict(&record, &artifact("npm", "x", version), ANY);
        assert_eq!(&found, expected, "{events} {version}");
    }
}

#[test]
fn a_version_that_is_listed_is_affected_whatever_the_ranges_say() {
    let mut record = about("npm", "x", "+0 -1.0.0");
    record.affected[0].versions = vec!["1.5.0".to_owned(), "next".to_owned()];
    let judged = |version| verdict(&record, &artifact("npm", "x", version), ANY);
    assert_eq!(judged("1.5.0"), "affected");
    assert_eq!(judged("1.6.0"), "fixed 1.0.0");
    assert_eq!(judged("next"), "affected");
    assert_eq!(judged("later"), "unknown");
}

#[test]
fn a_version_s_other_writings_are_listed_too_where_its_ecosystem_has_some() {
    let listed = |ecosystem, artifact_type, listed: &str, own| {
        let mut record = about(ecosystem, "x", "");
        record.affected[0].versions = vec![listed.to_owned()];
        verdict(&record, &artifact(artifact_type, "x", own), ANY)
    };
    assert_eq!(listed("PyPI", "python", "2.0.0-rc1", "2.0rc1"), "affected");
    assert_eq!(listed("Debian:12", "deb", "0:1.2-3", "1.2-3"), "affected");
    assert_eq!(listed("NuGet", "dotnet", "1.0", "1.0.0"), "affected");
    assert_eq!(listed("Bitnami", "bitnami", "1.0.0", "1.0.0-4"), "affected");
    assert_eq!(listed("npm", "npm", "1.0.0", "1.0.0+build"), "not_affected");
}

#[test]
fn what_an_entry_doesn_t_mean_is_unknown_where_a_part_of_it_can_t_be_read() {
    let judged = |version| {
        let mut record = about("npm", "x", "+1.0.0 -2.0.0");
        record.affected[0].incomplete = true;
        verdict(&record, &artifact("npm", "x", version), ANY)
    };
    assert_eq!(judged("1.5.0"), "affected 2.0.0");
    assert_eq!(judged("0.9.0"), "unknown");
    assert_eq!(judged("2.0.0"), "unknown");
}

#[test]
fn behind_the_last_version_that_is_known_to_be_affected_it_is_unknown() {
    let judged = |events, included, version| {
        let mut record = about("npm", "x", events);
        record.affected[0].versions = vec!["3.0.0".to_owned()];
        record.affected[0].known = Some(Known {
            until: "1.5.0".to_owned(),
            included,
        });
        verdict(&record, &artifact("npm", "x", version), ANY)
    };
    assert_eq!(judged("+0", true, "1.5.0"), "affected");
    assert_eq!(judged("+0", false, "1.5.0"), "unknown");
    assert_eq!(judged("+1.0.0", true, "1.5.1"), "unknown");
    assert_eq!(judged("+1.0.0", true, "0.9.0"), "not_affected");
    assert_eq!(judged("+0", true, "latest"), "unknown");
    assert_eq!(judged("+0", true, "3.0.0"), "affected", "it is listed");
    // What ends a range says more.
    assert_eq!(judged("+0 -2.0.0", true, "1.6.0"), "affected 2.0.0");
}

#[test]
fn where_every_version_is_affected_no_version_has_to_be_read() {
    let record = about("npm", "x", "+0");
    assert_eq!(
        verdict(&record, &artifact("npm", "x", "latest"), ANY),
        "affected"
    );
    let record = about("npm", "x", "+0 -1.0.0");
    assert_eq!(
        verdict(&record, &artifact("npm", "x", "latest"), ANY),
        "unknown"
    );
}
