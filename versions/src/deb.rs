//! Debian's order of versions, by the Debian Policy Manual (section 5.6.12) and deb-version(7).

use std::cmp::Ordering;
use std::iter;

use crate::text::{compare_numbers, take_digits, take_while};

/// Compares `upstream[-revision]`; the epoch has been compared before.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    let (a_upstream, a_revision) = split_revision(a);
    let (b_upstream, b_revision) = split_revision(b);
    // To dpkg, which else would call it 0, a version that is missing is before any other.
    (!a.is_empty())
        .cmp(&!b.is_empty())
        .then_with(|| compare_part(a_upstream, b_upstream))
        .then_with(|| compare_part(a_revision, b_revision))
}

/// The last hyphen ends the upstream version; no revision is the same as revision 0.
fn split_revision(version: &str) -> (&str, &str) {
    version.rsplit_once('-').unwrap_or((version, ""))
}

/// Compares upstream versions or revisions: text and number by turns, from the left.
pub(crate) fn compare_part(mut a: &str, mut b: &str) -> Ordering {
    while !(a.is_empty() && b.is_empty()) {
        let (a_text, a_rest) = take_while(a, |c| !c.is_ascii_digit());
        let (b_text, b_rest) = take_while(b, |c| !c.is_ascii_digit());
        let (a_number, a_rest) = take_digits(a_rest);
        let (b_number, b_rest) = take_digits(b_rest);
        let order = compare_text(a_text, b_text).then_with(|| compare_numbers(a_number, b_number));
        if order.is_ne() {
            return order;
        }
        (a, b) = (a_rest, b_rest);
    }
    Ordering::Equal
}

/// Compares byte by byte, where a text that has ended weighs 0.
fn compare_text(a: &str, b: &str) -> Ordering {
    let length = a.len().max(b.len());
    let weights = |text| {
        str::bytes(text)
            .map(weight)
            .chain(iter::repeat(0))
            .take(length)
    };
    weights(a).cmp(weights(b))
}

/// A tilde is before the end of the text, letters are after it, everything else is after letters.
fn weight(byte: u8) -> i32 {
    match byte {
        b'~' => -1,
        letter if letter.is_ascii_alphabetic() => i32::from(letter),
        // Bytes beyond ASCII are negative to dpkg, which puts them between letters and punctuation.
        other => i32::from(other.cast_signed()) + 256,
    }
}
