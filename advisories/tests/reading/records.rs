//! One record.

use model::advisory::{Event, Module};
use serde_json::json;

use super::{range, read, refused, with_ranges};

#[test]
fn a_record_is_read_in_the_words_of_its_schema() {
    let (record, skipped) = read(&json!({
        "schema_version": "1.7.0",
        "id": "GHSA-1",
        "aliases": ["CVE-2024-1"],
        "upstream": ["CVE-2024-2"],
        "related": ["CVE-2024-3"],
        "published": "2024-03-06T10:59:30.599Z",
        "modified": "2025-04-03T14:40:37Z",
        "withdrawn": "2025-04-04T00:00:00Z",
        "summary": "Something\u{1b}[31m is wrong",
        "severity": [{ "type": "CVSS_V3", "score": "CVSS:3.1/AV:N" }],
        "affected": [{
            "package": { "ecosystem": "PyPI", "name": "x", "purl": "pkg:pypi/x" },
            "ranges": [range("ECOSYSTEM", &json!([
                { "introduced": "0" }, { "fixed": "1.0" },
                { "introduced": "2.0" }, { "last_affected": "2.5" }, { "limit": "3" },
            ]))],
            "versions": ["0.9"],
        }],
        "something_new": { "deep": [[[1]]] },
    }));
    assert_eq!(skipped, Vec::<String>::new());
    assert_eq!(
        (record.id.as_str(), record.aliases.join(" ")),
        ("GHSA-1", "CVE-2024-1".to_owned())
    );
    assert_eq!(
        (record.upstream.join(" "), record.related.join(" ")),
        ("CVE-2024-2".to_owned(), "CVE-2024-3".to_owned())
    );
    assert!(record.withdrawn > record.modified && record.modified > record.published);
    assert_eq!(record.summary, "Something\\x1b[31m is wrong");
    assert_eq!(record.severity[0].scale, "CVSS_V3");
    let package = &record.affected[0];
    assert_eq!(
        (package.ecosystem.as_str(), package.name.as_str()),
        ("PyPI", "x")
    );
    assert_eq!(package.versions, ["0.9"]);
    let events = &package.ranges[0].events;
    assert_eq!(events.len(), 5);
    assert_eq!(events[3], Event::LastAffected("2.5".to_owned()));
}

#[test]
fn a_range_of_commits_is_named_and_those_behind_it_count() {
    let commits = range(
        "GIT",
        &json!([{ "introduced": "0" }, { "fixed": "abcdef" }]),
    );
    let versions = range(
        "SEMVER",
        &json!([{ "introduced": "0" }, { "fixed": "1.0.0" }]),
    );
    let (record, skipped) = read(&with_ranges(&json!([commits, versions])));
    assert_eq!(record.affected[0].ranges.len(), 1);
    assert_eq!(skipped, ["X-1: range is of Git commits"]);
}

#[test]
fn a_malformed_range_is_left_out_whole_and_the_rest_is_read() {
    let good = range(
        "SEMVER",
        &json!([{ "introduced": "0" }, { "fixed": "1.0.0" }]),
    );
    for bad in [
        json!("0 - 1.0.0"),
        json!({ "type": "SEMVER" }),
        json!({ "events": [{ "introduced": "0" }] }),
        range("SEMVER", &json!([{ "introduced": "0" }, { "fixed": 1 }])),
        range("SEMVER", &json!([{ "introduced": "0" }, { "fixed": " " }])),
        range("SEMVER", &json!([{ "fixed": "1.0.0" }])),
        range("SEMVER", &json!([])),
        range("SEMVER", &json!({ "introduced": "0" })),
    ] {
        let (record, skipped) = read(&with_ranges(&json!([bad, good])));
        assert_eq!(record.affected[0].ranges.len(), 1, "{bad}");
        assert!(record.affected[0].incomplete, "{bad}");
        assert!(
            skipped[0].starts_with("X-1: range is malformed ("),
            "{skipped:?}"
        );
    }
}

#[test]
fn what_is_left_of_a_package_without_versions_is_kept_and_named() {
    let (record, skipped) = read(&with_ranges(&json!("none")));
    assert_eq!(record.affected.len(), 1);
    assert_eq!(
        skipped,
        [
            "X-1: field is malformed (ranges)",
            "X-1: package has no versions (x)"
        ]
    );
}

#[test]
fn an_event_object_may_have_several_events() {
    let events = json!([{ "introduced": "0", "fixed": "1.0.0" }]);
    let (record, _) = read(&with_ranges(&json!([range("SEMVER", &events)])));
    assert_eq!(record.affected[0].ranges[0].events.len(), 2);
}

#[test]
fn an_unknown_ecosystem_never_makes_a_record_unreadable() {
    let ranges = json!([range("ECOSYSTEM", &json!([{ "introduced": "0" }]))]);
    let (record, skipped) = read(&json!({ "id": "X-1", "affected": [
        { "package": { "ecosystem": "Some New Thing:3", "name": "y" }, "ranges": ranges },
        { "package": { "ecosystem": "npm", "name": "x" }, "ranges": ranges },
        { "package": { "ecosystem": "npm" }, "ranges": ranges },
        { "ranges": ranges },
        "x",
    ] }));
    assert_eq!(record.affected.len(), 2);
    assert_eq!(
        skipped,
        [
            "X-1: ecosystem isn't known (Some New Thing:3)",
            "X-1: package isn't named",
            "X-1: package isn't named",
            "X-1: package isn't named",
        ]
    );
}

#[test]
fn where_a_purl_names_another_package_the_name_is_right() {
    let named = |ecosystem: &str, name: &str, purl: &str| {
        let package = json!({ "ecosystem": ecosystem, "name": name, "purl": purl });
        let (record, skipped) = read(&json!({ "id": "X-1", "affected": [
            { "package": package, "versions": ["1"] },
        ] }));
        assert_eq!(record.affected[0].name, name);
        skipped.join("; ")
    };
    let differs = "X-1: purl names another package (keras)";
    assert_eq!(named("PyPI", "keras", "pkg:pypi/tensorflow"), differs);
    assert_eq!(named("PyPI", "keras", "pkg:npm/keras"), differs);
    assert_eq!(
        named("PyPI", "Zope.Interface", "pkg:pypi/zope-interface"),
        ""
    );
    assert_eq!(named("Maven", "org.a:b", "pkg:maven/org.a/b"), "");
    assert_eq!(named("npm", "@a/b", "pkg:npm/%40a/b"), "");
    assert_eq!(
        named("Go", "example.com/a/b", "pkg:golang/example.com/a/b"),
        ""
    );
    assert_eq!(
        named("Debian:12", "openssl", "pkg:deb/debian/openssl?arch=source"),
        ""
    );
    assert_eq!(named("GitHub Actions", "a/b", "pkg:githubactions/a/b"), "");
    assert_eq!(named("PyPI", "keras", "nonsense"), "");
}

#[test]
fn a_module_is_read_from_where_a_feed_says_it() {
    let fixed = "1:18.20.4-1.module_el8.10.0+3873+f6e4a4a1";
    let ranges = json!([range(
        "ECOSYSTEM",
        &json!([{ "introduced": "0" }, { "fixed": fixed }])
    )]);
    let module = |extra: serde_json::Value| {
        let mut entry = json!({
            "package": { "ecosystem": "AlmaLinux:8", "name": "nodejs" },
            "ranges": ranges,
        });
        for (key, value) in extra.as_object().unwrap() {
            entry[key] = value.clone();
        }
        let (mut record, _) = read(&json!({
            "id": "ALSA-1", "summary": "Important: nodejs:18 security update", "affected": [entry],
        }));
        record.affected.remove(0).module
    };
    let of = |name: &str| Module::Of(vec![name.to_owned()]);
    assert_eq!(module(json!({})), of("nodejs:18"));
    let own = json!({ "ecosystem_specific": { "rpm_modularity": "nodejs:20" } });
    assert_eq!(module(own), of("nodejs:20"));
    let purl = json!({ "package": {
        "ecosystem": "Red Hat:enterprise_linux:8::appstream", "name": "nodejs",
        "purl": "pkg:rpm/redhat/nodejs?arch=src&rpmmod=nodejs:22",
    } });
    assert_eq!(module(purl), of("nodejs:22"));
}

#[test]
fn the_binaries_that_are_meant_are_read_in_both_shapes() {
    let binaries = |binaries: serde_json::Value| {
        let (mut record, _) = read(&json!({ "id": "X-1", "affected": [{
            "package": { "ecosystem": "Ubuntu:22.04:LTS", "name": "openssl" },
            "versions": ["1"],
            "ecosystem_specific": { "binaries": binaries },
        }] }));
        record.affected.remove(0).binaries.join(" ")
    };
    let each =
        json!([{ "binary_name": "openssl", "binary_version": "1" }, { "binary_name": "libssl3" }]);
    assert_eq!(binaries(each), "libssl3 openssl");
    assert_eq!(
        binaries(json!([{ "libssl3": "1", "openssl": "1" }])),
        "libssl3 openssl"
    );
    assert_eq!(binaries(json!("odd")), "");
}

#[test]
fn up_to_where_versions_are_known_to_be_affected_is_read() {
    let known = |said: &str| {
        let mut record = with_ranges(&json!([range(
            "ECOSYSTEM",
            &json!([{ "introduced": "0" }])
        )]));
        record["affected"][0]["database_specific"] =
            json!({ "last_known_affected_version_range": said });
        let (mut record, _) = read(&record);
        let known = record.affected.remove(0).known?;
        Some((known.until, known.included))
    };
    assert_eq!(known("<= 1.2.3"), Some(("1.2.3".to_owned(), true)));
    assert_eq!(known(">= 1.0, < 2.0"), Some(("2.0".to_owned(), false)));
    assert_eq!(known("some"), None);
}

#[test]
fn a_field_that_is_none_is_named_and_the_rest_is_read() {
    let (record, skipped) = read(&json!({
        "id": "X-1", "aliases": "CVE-2024-1", "upstream": ["CVE-2024-2", 3, ""], "related": null,
        "withdrawn": "soon", "published": 5, "summary": ["x"], "details": "More.\nThan one line.",
        "severity": [{ "type": "CVSS_V3" }],
    }));
    // What can't be known to be withdrawn isn't: a false alarm is better than a false proof.
    assert_eq!(record.withdrawn, None);
    assert_eq!(record.upstream, ["CVE-2024-2"]);
    assert_eq!(record.summary, "More.");
    let fields: Vec<_> = skipped
        .iter()
        .map(|line| line.replace("X-1: field is malformed ", ""))
        .collect();
    assert_eq!(
        fields.join(" "),
        "(severity) (aliases) (upstream) (upstream) (withdrawn) (published) \
         X-1: record names no package"
    );
}

#[test]
fn what_is_no_record_is_refused_with_its_reason() {
    assert_eq!(refused(b"[1]"), "a.json: record isn't an object");
    assert_eq!(refused(b"{}"), "a.json: record has no id");
    assert_eq!(refused(br#"{"id": 5}"#), "a.json: record has no id");
    assert_eq!(refused(br#"{"id": "  "}"#), "a.json: record has no id");
    assert!(refused(br#"{"id": "X-1""#).starts_with("a.json: record isn't JSON ("));
    assert!(refused(b"{\"id\": \"\xff\"}").starts_with("a.json: record isn't JSON ("));
}
