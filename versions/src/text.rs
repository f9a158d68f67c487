//! Cutting a version string into runs and comparing its numbers, which every ecosystem's rule needs.

use std::cmp::Ordering;

use crate::rows::compare_padded;

/// No version is longer in earnest, and what is compared by an elaborate rule has to end somewhere.
const RULE_BYTES: usize = 1024;

/// Splits off what is too long for a rule.
pub(crate) fn cut(version: &str) -> (&str, &str) {
    version.split_at(version.floor_char_boundary(RULE_BYTES))
}

/// The longest start of `text` whose characters all satisfy `belongs`, and what follows it.
pub(crate) fn take_while(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    text.split_at(end)
}

/// The ASCII digits that `text` begins with, and what follows them.
pub(crate) fn take_digits(text: &str) -> (&str, &str) {
    take_while(text, |c| c.is_ascii_digit())
}

/// Whether `text` is one or more ASCII digits and nothing else.
pub(crate) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a run of digits has the value zero; an empty run has.
pub(crate) fn is_zero(digits: &str) -> bool {
    digits.bytes().all(|byte| byte == b'0')
}

/// Compares two runs of digits by value, however long they are; an empty run is zero.
pub(crate) fn compare_numbers(a: &str, b: &str) -> Ordering {
    let a = a.trim_start_matches('0');
    let b = b.trim_start_matches('0');
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// Compares dotted numbers one by one, the shorter continued with zeros: `1` equals `1.0`.
pub(crate) fn compare_dotted(a: &str, b: &str) -> Ordering {
    compare_padded(a.split('.'), b.split('.'), "", compare_numbers)
}

/// Compares without regard to case, and without a copy of either text.
pub(crate) fn compare_ignoring_case(a: &str, b: &str) -> Ordering {
    let a = a.chars().flat_map(char::to_lowercase);
    a.cmp(b.chars().flat_map(char::to_lowercase))
}
