//! NuGet's order of versions, by its "Package versioning" reference: four numbers, no letter case.

use std::cmp::Ordering;

use crate::semver;
use crate::text::compare_ignoring_case;

/// Compares two NuGet versions.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    semver::compare_by(a, b, |a, b| a.compare_with(b, compare_ignoring_case))
}
