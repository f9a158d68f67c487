//! Signs that syft, which ends with success all the same, didn't see everything.

use std::collections::BTreeSet;

use model::shown::on_one_line;
use proto_types::Artifact;

use super::doubt::Doubt;
use crate::tree::{Databases, Tree, is_no_piece};

/// How programs say that the host, not the image, was in the way.
const OBSTACLES: [&str; 12] = [
    "no space left on device",
    "disk quota exceeded",
    "too many open files",
    "cannot allocate memory",
    "out of memory",
    "failed to create new os thread",
    "resource temporarily unavailable",
    "input/output error",
    "permission denied",
    "read-only file system",
    "stale file handle",
    "transport endpoint is not connected",
];

/// How syft says that it stopped at a bound of its own: what is packed so runs all the same.
const LIMITS: [&str; 4] = ["limit hit", "decompression bomb", "too large", "exceeds"];

/// The catalogers of package databases.
const DATABASES: [&str; 4] = ["dpkg-db-", "rpm-db-", "apk-db-", "alpm-db-"];
/// How syft says that a database has no package in it.
const NO_PACKAGES: &str = "unable to determine packages";

/// How long a reason may be.
const REASON: usize = 400;

/// Whether `text` says that the host was in the way.
pub(crate) fn names_obstacle(text: &str) -> bool {
    let text = text.to_lowercase();
    OBSTACLES.iter().any(|obstacle| text.contains(obstacle))
}

/// A warning that the host was in the way.
pub(super) fn about_space(stderr: &str) -> Option<Doubt> {
    let line = stderr.lines().find(|line| names_obstacle(line))?;
    let warned = format!("syft warned: {}", on_one_line(line, REASON));
    Some(Doubt::of_the_host(warned))
}

/// What syft notes beside files that it could not read: the only place where it tells.
#[derive(Debug)]
pub(super) struct Notes<'a> {
    tree: &'a Tree,
    /// Whether syft has read an rpm database of the tree's own and found nothing in it.
    empty_rpm: bool,
}

impl<'a> Notes<'a> {
    /// None so far, about this tree.
    pub(super) const fn new(tree: &'a Tree) -> Self {
        let empty_rpm = false;
        Self { tree, empty_rpm }
    }

    /// Takes a note, and answers with the doubt that it gives: the image may hold more than was seen
    /// where the host was in the way, syft stopped at a bound, or the file is a package database. A
    /// file that is merely broken, like the malformed manifests in many packages' own tests, is as
    /// broken for whatever runs in the container.
    pub(super) fn take(&mut self, path: &str, unknown: &str) -> Option<Doubt> {
        let lower = unknown.to_lowercase();
        let obstacle = names_obstacle(unknown);
        let limit = LIMITS.iter().any(|limit| lower.contains(limit));
        let of_database = DATABASES
            .iter()
            .any(|cataloger| unknown.starts_with(cataloger));
        let doubtful = obstacle || limit || of_database && self.is_doubtful(path, unknown);
        if !doubtful {
            return None;
        }
        let (path, unknown) = (on_one_line(path, REASON), on_one_line(unknown, REASON));
        let reason = format!("syft could not read {path}: {unknown}");
        Some(match obstacle {
            true => Doubt::of_the_host(reason),
            false => Doubt::of_the_image(reason),
        })
    }

    /// Whether something may be missing of what a database lists. Most that have no package are
    /// as they should be: of an image that is being built up, in a folder for another root, or
    /// beside the pieces of a distroless image.
    fn is_doubtful(&mut self, path: &str, unknown: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or_default();
        if is_no_piece(name) || !self.tree.has_content(path).unwrap_or(true) {
            return false;
        }
        if !unknown.ends_with(NO_PACKAGES) {
            return true;
        }
        self.empty_rpm |= unknown.starts_with("rpm-db-") && self.tree.is_own_rpm(path);
        self.tree.is_own_with_entries(path)
    }

    /// A package database that no artifact came out of.
    pub(super) fn about_databases(
        &self,
        databases: &Databases,
        artifacts: &[Artifact],
    ) -> Option<Doubt> {
        let types: BTreeSet<_> = artifacts
            .iter()
            .map(|artifact| artifact.artifact_type.as_str())
            .collect();
        let unseen = databases.found.iter().find(|database| {
            let is_empty = database.artifacts == "rpm" && self.empty_rpm;
            !is_empty && !types.contains(database.artifacts)
        })?;
        Some(Doubt::of_the_image(format!(
            "the image has a package database ({}), but syft found no {} artifacts in it",
            unseen.path, unseen.artifacts
        )))
    }
}

/// A package database that was cut off: its text ends in the middle of a line, or a package in it
/// has no version.
pub(super) fn about_cuts(databases: &Databases, artifacts: &[Artifact]) -> Option<Doubt> {
    if let Some(cut) = databases.cut {
        let path = cut.path;
        return Some(Doubt::of_the_image(format!(
            "the package database {path} ends in the middle of a line"
        )));
    }
    let of_text = |artifact: &&Artifact| matches!(artifact.artifact_type.as_str(), "deb" | "apk");
    let nameless = artifacts
        .iter()
        .filter(of_text)
        .find(|artifact| matches!(artifact.version.as_str(), "" | "UNKNOWN"))?;
    let name = on_one_line(&nameless.name, 60);
    let of = &nameless.artifact_type;
    Some(Doubt::of_the_image(format!(
        "the package database has no version of the {of} package `{name}`"
    )))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests;
