//! Every column of every list has something to show.

use proto_types::{
    Artifact, Change, Conflict, ConflictingImage, CoverImage, CreateTokenResponse, FindResult,
    Group, GroupBy, Host, HostCode, ImageSummary, QueuedImage, RunningContainer, ScanAttempt,
    Summary, TokenSummary, Withdrawal,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::groups::{self, Counted};
use crate::output::row::{Cell, Column, Listed, Row};

/// All that any row of a list may know; each type takes what is its own.
const EVERYTHING: &str = r#"{
    "type": "deb", "name": "openssl", "version": "3", "source": "openssl", "purl": "pkg:deb/x",
    "source_version": "3", "module": "m", "licenses": ["MIT"], "owned_by_os": true,
    "container": "nginx", "host": "web1", "image_name": "nginx", "image_digest": "DIGEST",
    "running_since": "TIME", "until": "TIME", "at": "TIME", "kind": "started",
    "artifact": {"type": "deb", "name": "openssl", "version": "3"},
    "artifacts": 1, "images": 1, "containers": 1, "hosts": 1, "hosts_clean": 1,
    "first_seen": "TIME", "last_seen": "TIME", "key": "k", "label": "l",
    "digest": "DIGEST", "state": "complete", "names": ["nginx"], "artifact_count": 1,
    "distro": "debian", "distro_version": "12", "scanner": "syft", "scanned_by": "web1",
    "scanned_at": "TIME", "reason": "no room", "failures": 1, "not_before": "TIME",
    "last_failure": "no room", "lease": {"host": "web1", "expires_at": "TIME", "generation": 1},
    "second_opinion": {"opinion": "confirmed", "host": "web2", "scanner": "syft",
    "at": "TIME"}, "by": "ops",
    "cause": "image", "counted": true, "message": "no room", "only_there": 1, "only_here": 1,
    "examples_there": ["deb x 1"], "examples_here": ["deb y 1"],
    "status": "complete", "last_report_at": "TIME", "last_full_report_at": "TIME",
    "added_at": "TIME", "enrolled_at": "TIME",
    "seq": 1, "code": "c", "expires_at": "TIME", "role": "admin", "token": "t",
    "created_at": "TIME", "facts": {"architecture": "amd64", "size_bytes": 1,
    "created_at": "TIME", "aliases": ["DIGEST"]}
}"#;

fn everything() -> Value {
    let digest = format!("sha256:{}", "ab".repeat(32));
    let text = EVERYTHING.replace("DIGEST", &digest);
    serde_json::from_str(&text.replace("TIME", "2026-03-28T12:00:00Z")).unwrap()
}

fn check<R: Row>(row: &R, columns: &[Column]) {
    for column in columns {
        let name = column.heading.as_str();
        assert_ne!(row.cell(column.heading), Cell::Empty, "{name}");
    }
}

fn check_listed<R: Listed + DeserializeOwned>(known: &Value) {
    let row: R = serde_json::from_value(known.clone()).unwrap();
    check(&row, R::COLUMNS);
}

#[test]
fn no_column_of_a_full_row_is_empty() {
    let known = everything();
    check_listed::<Artifact>(&known);
    check_listed::<Change>(&known);
    check_listed::<Conflict>(&known);
    check_listed::<ConflictingImage>(&known);
    check_listed::<CoverImage>(&known);
    check_listed::<CreateTokenResponse>(&known);
    check_listed::<FindResult>(&known);
    check_listed::<HostCode>(&known);
    check_listed::<ImageSummary>(&known);
    check_listed::<QueuedImage>(&known);
    check_listed::<RunningContainer>(&known);
    check_listed::<ScanAttempt>(&known);
    check_listed::<Summary>(&known);
    check_listed::<TokenSummary>(&known);
    check_listed::<Withdrawal>(&known);
    let mut host = known;
    host["state"] = json!("reporting");
    host["cloned_since"] = json!("2026-03-30T12:00:00Z");
    host["unseen"] = json!({"containers_without_image": 1});
    check_listed::<Host>(&host);
}

#[test]
fn no_column_of_a_group_is_empty_whatever_it_is_counted_by() {
    let group: Group = serde_json::from_value(everything()).unwrap();
    for by in GroupBy::ALL {
        for row in Counted::of([group.clone()], *by, 1, false) {
            check(&row, groups::columns(*by));
        }
    }
}
