//! Signs that syft, which ends with success all the same, didn't see everything.

use std::collections::BTreeSet;

use model::shown::on_one_line;
use proto_types::Artifact;

use crate::tree::Database;

/// How programs say that the host, not the image, was in the way.
const OBSTACLES: [&str; 9] = [
    "no space left on device",
    "disk quota exceeded",
    "too many open files",
    "cannot allocate memory",
    "input/output error",
    "permission denied",
    "read-only file system",
    "stale file handle",
    "transport endpoint is not connected",
];

/// How syft says that it stopped at a bound of its own: what is packed so runs all the same.
const LIMITS: [&str; 4] = ["limit hit", "decompression bomb", "too large", "exceeds"];

/// How long a reason may be.
const REASON: usize = 400;

/// Whether `text` says that the host was in the way.
pub(crate) fn names_obstacle(text: &str) -> bool {
    let text = text.to_lowercase();
    OBSTACLES.iter().any(|obstacle| text.contains(obstacle))
}

/// A warning that the host was in the way.
pub(super) fn about_space(stderr: &str) -> Option<String> {
    let line = stderr.lines().find(|line| names_obstacle(line))?;
    Some(format!("syft warned: {}", on_one_line(line, REASON)))
}

/// A file that syft notes as not read, where the image may hold more than was seen: the host was in
/// the way, syft stopped at a bound, or the file is a package database. A file that is merely
/// broken, like the malformed manifests in many packages' own tests, is as broken for whatever runs
/// in the container.
pub(super) fn about_file(path: &str, unknown: &str) -> Option<String> {
    let database = ["dpkg-db-", "rpm-db-", "apk-db-"];
    let database = database
        .iter()
        .any(|cataloger| unknown.starts_with(cataloger));
    let limit = LIMITS
        .iter()
        .any(|limit| unknown.to_lowercase().contains(limit));
    if !database && !limit && !names_obstacle(unknown) {
        return None;
    }
    let (path, unknown) = (on_one_line(path, REASON), on_one_line(unknown, REASON));
    Some(format!("syft could not read {path}: {unknown}"))
}

/// A package database that no artifact came out of.
pub(super) fn about_databases(databases: &[Database], artifacts: &[Artifact]) -> Option<String> {
    let types: BTreeSet<_> = artifacts
        .iter()
        .map(|artifact| artifact.artifact_type.as_str())
        .collect();
    let unseen = databases
        .iter()
        .find(|database| !types.contains(database.artifacts))?;
    Some(format!(
        "the image has a package database ({}), but syft found no {} artifacts in it",
        unseen.path, unseen.artifacts
    ))
}
