//! Python's order of versions: PEP 440, and for older habits the order that setuptools had.

mod legacy;
mod pep440;

use std::cmp::Ordering;

use crate::rows::compare_options;
use pep440::Pep440;

/// Compares two versions of Python distributions; what is not a version by PEP 440 is before all
/// that are.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    match (Pep440::parse(a), Pep440::parse(b)) {
        (None, None) => legacy::compare(a, b),
        (a, b) => compare_options(a, b, |a, b| a.compare(&b)),
    }
}

/// Whether a version is one by PEP 440.
pub(crate) fn is_readable(version: &str) -> bool {
    Pep440::parse(version).is_some()
}
