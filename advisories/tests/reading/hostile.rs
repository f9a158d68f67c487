//! Whatever comes in: nothing panics, and bounds hold.

use advisories::{Reason, input, osv};
use model::{
    bounds,
    verdict::{Distro, Subject, explain},
};
use proptest::prelude::*;
use proto_types::Artifact;
use serde_json::{Value, json};

use super::{range, read, with_ranges};

/// What of a stream is skipped.
fn skipped(text: &[u8]) -> Vec<String> {
    let mut lines = Vec::new();
    let _ = input::stream(text, "in", |found| {
        if let input::Found::Skipped(skipped) = found
            && skipped.reason != Reason::NamesNothing
        {
            lines.push(skipped.to_string());
        }
        Ok(())
    });
    lines
}

#[test]
fn a_record_that_is_too_long_or_too_deep_is_skipped_and_the_next_one_is_read() {
    let deep = format!(
        "{{\"id\":{}1{}}}\n{{\"id\":\"B\"}}",
        "[".repeat(5_000),
        "]".repeat(5_000)
    );
    assert_eq!(skipped(deep.as_bytes()), ["in: record is nested too deep"]);
    let long = format!("{{\"id\":\"{}\"}}\n{{}}", "x".repeat(bounds::ADVISORY));
    assert_eq!(
        skipped(long.as_bytes()),
        ["in: record is too long", "in, record 2: record has no id"]
    );
}

#[test]
fn more_than_the_bound_of_anything_is_named_and_the_rest_is_left_out() {
    let ids: Vec<_> = (0..=bounds::ADVISORY_IDS)
        .map(|id| format!("X-{id}"))
        .collect();
    let (record, skipped) = read(&json!({ "id": "A", "aliases": ids }));
    assert_eq!(record.aliases.len(), bounds::ADVISORY_IDS);
    assert_eq!(skipped[0], "A: record has too many parts (10001 aliases)");
    let events = vec![json!({ "introduced": "0" }); bounds::ADVISORY_EVENTS + 1];
    let (_, skipped) = read(&with_ranges(&json!([range("SEMVER", &json!(events))])));
    assert_eq!(skipped[0], "X-1: record has too many parts (2001 events)");
    // What is beyond a bound isn't even looked at.
    let events = format!("[{}{{\"introduced\": 1}}]", "{},".repeat(1_000_000));
    let odd = json!({ "type": "SEMVER", "events": "EVENTS" });
    let record = with_ranges(&json!([odd])).to_string();
    let record = record.replace("\"EVENTS\"", &events);
    let mut skipped = Vec::new();
    osv::read(record.as_bytes(), "in", |one| skipped.push(one.to_string())).unwrap();
    assert_eq!(
        skipped[0],
        "X-1: record has too many parts (1000001 events)"
    );
}

#[test]
fn an_id_that_a_terminal_would_obey_is_named_escaped() {
    let (_, skipped) = read(&json!({ "id": "X\u{1b}[2J\u{202e}", "aliases": 5 }));
    assert_eq!(
        skipped[0],
        "X\\x1b[2J\\u{202e}: field is malformed (aliases)"
    );
}

/// Any JSON, of the words that a record has and of others.
fn any_json() -> impl Strategy<Value = Value> {
    let text = "[a-z0-9.:+~-]{0,8}|0|npm|Debian:12|SEMVER|ECOSYSTEM|GIT|\\PC{0,4}";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        let key = "id|aliases|related|withdrawn|affected|package|ecosystem|name|purl|ranges|type\
                   |events|introduced|fixed|last_affected|limit|versions|severity|score\
                   |ecosystem_specific|binaries|binary_name|rpm_modularity|summary|[a-z]{1,3}";
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..6).prop_map(Value::from_iter),
        ]
    })
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_skipped(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = skipped(&bytes);
        let _ = osv::read(&bytes, "in", |_| {});
        let text = String::from_utf8_lossy(&bytes);
        let _ = skipped(format!("[{{\"id\":\"A\",{text}}},{text}").as_bytes());
    }

    #[test]
    fn any_json_is_read_or_skipped_and_judged(
        affected in any_json(),
        packages in prop::collection::vec((any_json(), any_json()), 0..3),
        version in "[0-9.a-z~:+-]{0,10}|\\PC{0,5}",
    ) {
        let mut entries: Vec<_> = packages.iter().map(|(ranges, versions)| json!({
            "package": { "ecosystem": "npm", "name": "x" }, "ranges": ranges, "versions": versions,
        })).collect();
        entries.push(affected);
        let json = serde_json::to_vec(&json!({ "id": "X-1", "affected": entries })).unwrap();
        if let Ok(record) = osv::read(&json, "in", |_| {}) {
            let package = Artifact {
                artifact_type: "npm".to_owned(), name: "x".to_owned(), version,
                ..Artifact::default()
            };
            let subject = Subject::new(&package, false, Distro::default());
            let (_, steps) = explain(&record, &subject);
            prop_assert!(steps.len() < 100);
        }
    }
}
