//! Pub's order of versions, by the documentation of Dart's `pub_semver`: build metadata counts.

use std::cmp::Ordering;

use crate::rows::compare_options;
use crate::semver::{self, Semver, compare_identifiers};

/// Compares two versions of Dart packages.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    semver::compare_by(a, b, |a, b| {
        a.compare_with(b, str::cmp)
            .then_with(|| compare_builds(a, b))
    })
}

/// A build is after the release that it was built from.
fn compare_builds(a: &Semver<'_>, b: &Semver<'_>) -> Ordering {
    compare_options(a.build, b.build, |a, b| compare_identifiers(a, b, str::cmp))
}
