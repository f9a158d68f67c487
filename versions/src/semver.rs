//! The order of Semantic Versioning 2.0.0 (section 11), read as leniently as npm's loose mode.

use std::cmp::Ordering;

use crate::generic;
use crate::rows::{compare_options, compare_rows};
use crate::text::{compare_dotted, compare_numbers, is_number, take_while};

/// Compares two semantic versions; build metadata does not count.
///
/// A `v` or `=` in front, missing numbers (`1.2`), more than three of them, leading zeros and a
/// prerelease without its hyphen (`1.2.3rc1`) are accepted. What does not begin with a number is
/// before all that does, in the generic order.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    compare_by(a, b, |a, b| a.compare_with(b, str::cmp))
}

/// Compares by `order` what can be read as semantic versions.
pub(crate) fn compare_by(
    a: &str,
    b: &str,
    order: impl Fn(&Semver<'_>, &Semver<'_>) -> Ordering,
) -> Ordering {
    match (Semver::parse(a), Semver::parse(b)) {
        (None, None) => generic::compare(a, b),
        (a, b) => compare_options(a, b, |a, b| order(&a, &b)),
    }
}

/// A semantic version, cut into its parts.
pub(crate) struct Semver<'a> {
    pub(crate) numbers: &'a str,
    pub(crate) prerelease: Option<&'a str>,
    pub(crate) build: Option<&'a str>,
}

impl<'a> Semver<'a> {
    fn parse(version: &'a str) -> Option<Self> {
        let version = version.trim_start_matches(['v', 'V', '=', ' ']);
        let (numbers, rest) = take_while(version, |c| c.is_ascii_digit() || c == '.');
        if !numbers.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let (rest, build) = match rest.split_once('+') {
            Some((rest, build)) => (rest, Some(build)),
            None => (rest, None),
        };
        let prerelease = match rest {
            "" => None,
            // A hyphen alone is a prerelease of that name.
            "-" => Some(rest),
            _ => Some(rest.strip_prefix('-').unwrap_or(rest)),
        };
        Some(Self {
            numbers,
            prerelease,
            build,
        })
    }

    /// Compares numbers and prerelease, the prerelease's words by `words`.
    pub(crate) fn compare_with(&self, other: &Self, words: fn(&str, &str) -> Ordering) -> Ordering {
        compare_dotted(self.numbers, other.numbers).then_with(|| {
            match (self.prerelease, other.prerelease) {
                (Some(a), Some(b)) => compare_identifiers(a, b, words),
                (a, b) => a.is_none().cmp(&b.is_none()),
            }
        })
    }
}

/// Compares dotted identifiers: numbers by value and before words; the longer row is greater.
pub(crate) fn compare_identifiers(a: &str, b: &str, words: fn(&str, &str) -> Ordering) -> Ordering {
    compare_rows(a.split('.'), b.split('.'), |a, b| {
        compare_identifier(a, b, words)
    })
}

fn compare_identifier(a: &str, b: &str, words: fn(&str, &str) -> Ordering) -> Ordering {
    match (is_number(a), is_number(b)) {
        (true, true) => compare_numbers(a, b),
        (false, false) => words(a, b),
        (a_is_number, b_is_number) => b_is_number.cmp(&a_is_number),
    }
}
