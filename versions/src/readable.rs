//! Which versions an ecosystem's rule can read, and which have only a place for want of a better one.

use crate::ecosystem::Rule;
use crate::epoch;
use crate::text::cut;
use crate::{go, python};

/// Whether a version is one by the rules of its ecosystem, so that where [`crate::compare`] puts it
/// says something of its age: `(devel)`, `dev-master` and an empty version are none.
///
/// A commit's hash is none in any of them. It is lenient: what ecosystems' own tools take is readable, and of rules without a syntax only
/// what has no number at all, or a placeholder that nobody filled in, isn't.
///
/// ```
/// assert!(versions::is_readable("deb", "1:2.36-9+deb12u4"));
/// assert!(versions::is_readable("go-module", "v0.0.0-20220722155237-a158d28d115b"));
/// assert!(!versions::is_readable("go-module", "(devel)"));
/// assert!(!versions::is_readable("java-archive", "${project.version}"));
/// assert!(!versions::is_readable("github-action", "8ade135a41bc03ea155e62e844d188df1ea18608"));
/// ```
#[must_use]
pub fn is_readable(artifact_type: &str, version: &str) -> bool {
    let version = version.trim();
    if version.is_empty() || !cut(version).1.is_empty() || is_commit(version) {
        return false;
    }
    let begins_with_number = |text: &str| text.starts_with(|one: char| one.is_ascii_digit());
    match artifact_type {
        "python" => python::is_readable(version),
        "go-module" => go::is_readable(version),
        "npm" | "rust-crate" | "hex" | "swift" | "terraform" | "dotnet" | "dart-pub" | "pub"
        | "php-composer" => begins_with_number(version.trim_start_matches(['v', 'V', '=', ' '])),
        "github-action" | "github-action-workflow" => is_tag(version),
        "apk" | "gem" | "portage" => begins_with_number(version),
        _ => {
            let rest = match Rule::of(artifact_type) {
                Rule::Epoch(_) => epoch::split(version).1,
                Rule::Plain(_) => version,
            };
            rest.contains(|one: char| one.is_ascii_digit()) && !rest.contains(['$', '{', '}'])
        }
    }
}

/// Whether a text is the whole hash of a commit.
fn is_commit(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|one| one.is_ascii_hexdigit())
}

/// Whether an action's version is one, and no branch and no part of a commit's hash: `v4`, `4.1.0-beta`.
fn is_tag(version: &str) -> bool {
    let version = version.strip_prefix('v').unwrap_or(version);
    let numbers = version.split(['-', '+']).next().unwrap_or_default();
    numbers.starts_with(|one: char| one.is_ascii_digit())
        && numbers
            .bytes()
            .all(|one| one.is_ascii_digit() || one == b'.')
}
