//! RPM's order of versions, by rpm-version(7): segments, with `~` before and `^` after the end.

use std::cmp::Ordering;

use crate::rows::compare_options;
use crate::text::{compare_numbers, take_digits, take_while};

/// Compares `version[-release]`; the epoch has been compared before.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    let (a_version, a_release) = split_release(a);
    let (b_version, b_release) = split_release(b);
    // A release, though it be empty, is after none: `1` is before `1-`.
    compare_segments(a_version, b_version)
        .then_with(|| compare_options(a_release, b_release, compare_segments))
}

/// The last hyphen ends the version.
pub(crate) fn split_release(version: &str) -> (&str, Option<&str>) {
    match version.rsplit_once('-') {
        Some((version, release)) => (version, Some(release)),
        None => (version, None),
    }
}

/// Compares two versions, or two releases, segment by segment.
fn compare_segments(mut a: &str, mut b: &str) -> Ordering {
    loop {
        a = a.trim_start_matches(is_separator);
        b = b.trim_start_matches(is_separator);
        let order = compare_marks(a, b);
        if order.is_ne() || (a.is_empty() && b.is_empty()) {
            return order;
        }
        let (a_segment, a_rest) = take_segment(a);
        let (b_segment, b_rest) = take_segment(b);
        let order = compare_segment(a_segment, b_segment);
        if order.is_ne() {
            return order;
        }
        (a, b) = (a_rest, b_rest);
    }
}

fn is_separator(c: char) -> bool {
    !c.is_ascii_alphanumeric() && c != '~' && c != '^'
}

/// Settles what the first characters settle by their kind alone: a tilde, the end, a caret.
fn compare_marks(a: &str, b: &str) -> Ordering {
    let kind = |text: &str| match text.bytes().next() {
        Some(b'~') => 0,
        None => 1,
        Some(b'^') => 2,
        Some(_) => 3,
    };
    kind(a).cmp(&kind(b))
}

/// One mark, or the digits or the letters that `text` begins with.
fn take_segment(text: &str) -> (&str, &str) {
    match text.chars().next() {
        Some(first) if first.is_ascii_digit() => take_digits(text),
        Some(first) if first.is_ascii_alphabetic() => take_while(text, |c| c.is_ascii_alphabetic()),
        Some(mark) => text.split_at(mark.len_utf8()),
        None => (text, text),
    }
}

/// Numbers by value, letters by their codes, any number after any letters.
pub(crate) fn compare_segment(a: &str, b: &str) -> Ordering {
    let is_digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    match (is_digit(a), is_digit(b)) {
        (true, true) => compare_numbers(a, b),
        (false, false) => a.cmp(b),
        (a_is_number, b_is_number) => a_is_number.cmp(&b_is_number),
    }
}
