//! OpenVEX documents.

use advisories::vex;
use model::vex::{Statement, Status};

/// The statements of a document, and what was skipped.
fn read(document: &str) -> (Vec<Statement>, Vec<String>) {
    let mut skipped = Vec::new();
    let read = vex::read(document.as_bytes(), "vex", |one| {
        skipped.push(one.to_string());
    });
    (read.unwrap(), skipped)
}

#[test]
fn a_document_s_statements_are_read() {
    let (statements, skipped) = read(
        r#"{"@context": "https://openvex.dev/ns/v0.2.0", "author": "Example Ltd",
        "timestamp": "2026-01-01T00:00:00Z", "statements": [
        {"vulnerability": {"name": "CVE-2024-1", "aliases": ["GHSA-1"]},
         "products": [{"@id": "pkg:oci/shop@sha256%3Aaa", "hashes": {"sha-256": "AA"},
                       "subcomponents": [{"@id": "pkg:deb/debian/openssl@3"}]},
                      {"@id": "https://example.com/shop", "identifiers": {"purl": "pkg:npm/x"}}],
         "status": "not_affected", "justification": "component_not_present"},
        {"vulnerability": {"name": "CVE-2024-2"}, "status": "fixed",
         "timestamp": "2026-02-01T00:00:00Z"}
        ]}"#,
    );
    assert_eq!(skipped, Vec::<String>::new());
    let first = &statements[0];
    assert_eq!(
        Vec::from_iter(&first.vulnerability),
        ["CVE-2024-1", "GHSA-1"]
    );
    assert_eq!(
        (first.status, first.author.as_str()),
        (Status::NotAffected, "Example Ltd")
    );
    assert_eq!(first.justification, "component_not_present");
    assert_eq!(first.products[0].component.digests, ["aa"]);
    assert_eq!(
        first.products[0].parts[0].purls,
        ["pkg:deb/debian/openssl@3"]
    );
    assert_eq!(first.products[1].component.purls, ["pkg:npm/x"]);
    assert!(statements[1].time > first.time);
}

#[test]
fn a_document_of_the_first_version_is_read() {
    let (statements, _) = read(
        r#"{"author": "us", "statements": [{"vulnerability": "CVE-2024-1",
        "products": ["pkg:npm/x@1"], "status": "under_investigation"}]}"#,
    );
    assert_eq!(statements[0].products[0].component.purls, ["pkg:npm/x@1"]);
    assert_eq!(statements[0].status, Status::UnderInvestigation);
}

#[test]
fn what_is_not_justified_excuses_nothing_and_the_rest_is_read() {
    let (statements, skipped) = read(
        r#"{"statements": [
        {"vulnerability": "CVE-2024-1", "status": "not_affected"},
        {"vulnerability": {"name": 5}, "status": "fixed"},
        {"vulnerability": "CVE-2024-1", "status": "odd"},
        5,
        {"vulnerability": "CVE-2024-1", "status": "not_affected", "impact_statement": "Never\ncalled"}
        ]}"#,
    );
    assert_eq!(statements.len(), 1);
    assert_eq!(statements[0].justification, "Never\\ncalled");
    assert_eq!(
        skipped[0],
        "vex, statement 1: field is malformed (not_affected without a justification)"
    );
    assert_eq!(skipped.len(), 4);
    assert!(vex::read(&b"[]"[..], "vex", |_| {}).is_err());
}

#[test]
fn parts_within_parts_without_end_are_not_looked_at() {
    let deep = |depth: usize| {
        let open = r#"{"@id": "pkg:npm/x@1", "subcomponents": ["#.repeat(depth);
        let close = "]}".repeat(depth);
        let (statements, skipped) = read(&format!(
            r#"{{"statements": [{{"vulnerability": "CVE-2024-1", "status": "fixed",
            "products": [{open}{close}]}}]}}"#
        ));
        assert_eq!(skipped, Vec::<String>::new());
        statements[0].products[0].clone()
    };
    assert_eq!(deep(3).parts, [deep(1).component]);
    assert_eq!(deep(100_000), deep(2));
}
