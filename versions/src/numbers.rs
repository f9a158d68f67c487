//! Versions that are rows of numbers: R's `package_version` and Haskell's Package Versioning Policy.

use std::cmp::Ordering;

use crate::generic;
use crate::rows::{compare_options, compare_rows};
use crate::text::{compare_numbers, is_number};

/// Compares number by number; the longer row is greater, so `1.0` is before `1.0.0`.
///
/// What has anything but numbers between dots and hyphens is before all rows of numbers, in the
/// generic order.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    match (row(a), row(b)) {
        (None, None) => generic::compare(a, b),
        (a, b) => compare_options(a, b, |a, b| compare_rows(a, b, compare_numbers)),
    }
}

fn row(version: &str) -> Option<impl Iterator<Item = &str>> {
    let numbers = version.split(['.', '-']);
    numbers.clone().all(is_number).then_some(numbers)
}
