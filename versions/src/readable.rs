//! Which versions an ecosystem's rule can read, and which have only a place for want of a better one.

use crate::ecosystem::Rule;
use crate::epoch;
use crate::text::cut;
use crate::{go, python};

/// Whether a version is one by the rules of its ecosystem, so that where [`crate::compare`] puts it
/// says something of its age: `(devel)`, `dev-master` and an empty version are none.
///
/// It is lenient: what ecosystems' own tools take is readable, and of rules without a syntax only
/// what has no number at all, or a placeholder that nobody filled in, isn't.
///
/// ```
/// assert!(versions::is_readable("deb", "1:2.36-9+deb12u4"));
/// assert!(versions::is_readable("go-module", "v0.0.0-20220722155237-a158d28d115b"));
/// assert!(!versions::is_readable("go-module", "(devel)"));
/// assert!(!versions::is_readable("java-archive", "${project.version}"));
/// ```
#[must_use]
pub fn is_readable(artifact_type: &str, version: &str) -> bool {
    let version = version.trim();
    if version.is_empty() || !cut(version).1.is_empty() {
        return false;
    }
    let begins_with_number = |text: &str| text.starts_with(|one: char| one.is_ascii_digit());
    match artifact_type {
        "python" => python::is_readable(version),
        "go-module" => go::is_readable(version),
        "npm" | "rust-crate" | "hex" | "swift" | "terraform" | "dotnet" | "dart-pub" | "pub"
        | "php-composer" => begins_with_number(version.trim_start_matches(['v', 'V', '=', ' '])),
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
