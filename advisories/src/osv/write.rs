//! OSV records again, of an `Advisory`: what was read of one, and nothing else.

use model::advisory::{Advisory, Affected, Event, Module, Range};
use serde_json::{Map, Value, json};

/// The record of an advisory. Read again, it is the same advisory.
#[must_use]
pub fn write(advisory: &Advisory) -> Value {
    let affected: Vec<Value> = advisory.affected.iter().map(package).collect();
    let fields = [
        ("id", json!(advisory.id)),
        ("aliases", json!(advisory.aliases)),
        ("upstream", json!(advisory.upstream)),
        ("related", json!(advisory.related)),
        ("withdrawn", json!(advisory.withdrawn)),
        ("published", json!(advisory.published)),
        ("modified", json!(advisory.modified)),
        ("summary", json!(advisory.summary)),
        ("severity", json!(advisory.severity)),
        ("affected", json!(affected)),
    ];
    said(fields)
}

fn package(one: &Affected) -> Value {
    let named = [
        ("ecosystem", json!(one.ecosystem)),
        ("name", json!(one.name)),
        ("purl", json!(one.purl)),
    ];
    let binaries = one.binaries.iter().map(|name| json!({"binary_name": name}));
    let specific = [
        ("rpm_modularity", json!(module(&one.module))),
        ("binaries", json!(binaries.collect::<Vec<_>>())),
    ];
    let ranges: Vec<Value> = one.ranges.iter().map(range).collect();
    let fields = [
        ("package", said(named)),
        ("ranges", json!(ranges)),
        ("versions", json!(one.versions)),
        ("ecosystem_specific", said(specific)),
    ];
    said(fields)
}

/// A module that is one; several are read from the summary again.
fn module(module: &Module) -> Option<&str> {
    match module {
        Module::Of(modules) => match modules.as_slice() {
            [one] => Some(one),
            _ => None,
        },
        Module::Unsaid | Module::Outside => None,
    }
}

fn range(range: &Range) -> Value {
    let event = |event: &Event| match event {
        Event::Introduced(version) => json!({"introduced": version}),
        Event::Fixed(version) => json!({"fixed": version}),
        Event::LastAffected(version) => json!({"last_affected": version}),
        Event::Limit(version) => json!({"limit": version}),
    };
    let events: Vec<Value> = range.events.iter().map(event).collect();
    json!({"type": "ECOSYSTEM", "events": events})
}

/// An object of the fields that say something.
fn said<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let says = |value: &Value| match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(object) => !object.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    };
    let fields = fields.into_iter().filter(|(_, value)| says(value));
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    Value::Object(fields.collect::<Map<_, _>>())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use super::super::{read, write};

    fn again(record: &Value) {
        let read = |json: &Value| {
            let bytes = serde_json::to_vec(json).unwrap();
            read(&bytes, "here", |_| {}).unwrap()
        };
        let first = read(record);
        assert_eq!(read(&write(&first)), first, "{record}");
    }

    #[test]
    fn what_is_written_reads_as_what_was_read() {
        again(&json!({"id": "X-1"}));
        again(&json!({
            "id": "X-1", "aliases": ["CVE-2024-1"], "upstream": ["Y"], "related": ["CVE-2024-2"],
            "withdrawn": "2024-01-02T03:04:05Z", "published": "2024-01-01T00:00:00Z",
            "modified": "2024-01-02T03:04:05.678Z", "summary": " two\nlines ", "details": "more",
            "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N"}],
            "affected": [
                {"package": {"ecosystem": "Debian:12", "name": "openssl", "purl": "pkg:deb/debian/openssl"},
                 "ranges": [
                    {"type": "GIT", "events": [{"introduced": "0"}]},
                    {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2"}]},
                    {"type": "SEMVER", "events": [{"introduced": "3"}, {"last_affected": "4"}, {"limit": "5"}]}],
                 "versions": ["1", "2"]},
                {"package": {"ecosystem": "Ubuntu:22.04:LTS", "name": "openssl"},
                 "versions": ["1"],
                 "ecosystem_specific": {"binaries": [{"binary_name": "b"}, {"a": "1.0"}]}},
            ],
        }));
    }

    #[test]
    fn modules_are_kept_wherever_they_were_said() {
        let entry = |specific: Value, purl: &str| {
            json!([{
                "package": {"ecosystem": "AlmaLinux:8", "name": "nodejs", "purl": purl},
                "ranges": [{"type": "ECOSYSTEM", "events": [
                    {"introduced": "0"}, {"fixed": "1:18.1-1.module_el8.9.0+3627+db8ec155"}]}],
                "database_specific": specific,
            }])
        };
        for (summary, specific, purl) in [
            (
                "Important: nodejs:18 security update",
                json!({}),
                "pkg:rpm/x",
            ),
            (
                "Important: virt:rhel and virt-devel:rhel",
                json!({}),
                "pkg:rpm/x",
            ),
            ("nothing", json!({}), "pkg:rpm/x"),
            (
                "virt:rhel and x:y",
                json!({"rpm_modularity": "nodejs:20"}),
                "pkg:rpm/x",
            ),
            ("", json!({}), "pkg:rpm/almalinux/nodejs?rpmmod=nodejs:16"),
        ] {
            let affected = entry(specific, purl);
            again(&json!({"id": "X-1", "summary": summary, "affected": affected}));
        }
    }
}
