//! Reading records and inputs, also dirty and hostile ones.
#![allow(clippy::unwrap_used)]

mod hostile;
mod inputs;
mod records;
mod urgency;
mod vex;

use advisories::{Skipped, osv};
use model::advisory::Advisory;
use serde_json::{Value, json};

/// Reads a record; what was skipped, as lines.
fn read(record: &Value) -> (Advisory, Vec<String>) {
    let mut skipped = Vec::new();
    let json = serde_json::to_vec(record).unwrap();
    let read = osv::read(&json, "a.json", |one| skipped.push(one.to_string()));
    (read.unwrap(), skipped)
}

/// Why bytes are no record.
fn refused(json: &[u8]) -> String {
    let refused = osv::read(json, "a.json", |_: Skipped| {}).unwrap_err();
    refused.to_string()
}

/// A record of one package with these ranges.
fn with_ranges(ranges: &Value) -> Value {
    let package = json!({ "ecosystem": "npm", "name": "x" });
    json!({ "id": "X-1", "affected": [{ "package": package, "ranges": ranges }] })
}

/// A range of one type.
fn range(kind: &str, events: &Value) -> Value {
    json!({ "type": kind, "events": events })
}
