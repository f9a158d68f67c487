//! Pacman's order of versions, by vercmp(8): RPM's segments without its marks.

use std::cmp::Ordering;

use crate::rpm::{compare_segment, split_release};
use crate::text::{take_digits, take_while};

/// Compares `version[-release]`; the epoch has been compared before.
///
/// Releases count only where both have one, so `1.0-1` equals `1.0`, which equals `1.0-2`: this
/// order is not transitive.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    let (a_version, a_release) = split_release(a);
    let (b_version, b_release) = split_release(b);
    compare_segments(a_version, b_version).then_with(|| match (a_release, b_release) {
        (Some(a), Some(b)) => compare_segments(a, b),
        _ => Ordering::Equal,
    })
}

fn compare_segments(mut a: &str, mut b: &str) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    while !a.is_empty() && !b.is_empty() {
        let (a_gap, a_rest) = take_while(a, |c| !c.is_ascii_alphanumeric());
        let (b_gap, b_rest) = take_while(b, |c| !c.is_ascii_alphanumeric());
        (a, b) = (a_rest, b_rest);
        if a.is_empty() || b.is_empty() {
            break;
        }
        let (a_segment, a_rest) = take_segment(a);
        let (b_segment, b_rest) = take_segment(b);
        let gaps = a_gap.len().cmp(&b_gap.len());
        let order = gaps.then_with(|| compare_segment(a_segment, b_segment));
        if order.is_ne() {
            return order;
        }
        (a, b) = (a_rest, b_rest);
    }
    compare_ends(a, b)
}

/// The digits or the letters that `text` begins with.
fn take_segment(text: &str) -> (&str, &str) {
    match take_digits(text) {
        ("", _) => take_while(text, |c| c.is_ascii_alphabetic()),
        digits => digits,
    }
}

/// What is left over makes a version newer, unless it is letters: `1.0rc` is before `1.0`.
fn compare_ends(a: &str, b: &str) -> Ordering {
    let is_letter = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
    if a.is_empty() && b.is_empty() {
        Ordering::Equal
    } else if (a.is_empty() && !is_letter(b)) || is_letter(a) {
        Ordering::Less
    } else {
        Ordering::Greater
    }
}
