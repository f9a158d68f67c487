//! Gentoo's order of versions, by the Package Manager Specification (section 3.3).

use std::cmp::Ordering;

use crate::generic;
use crate::rows::{compare_options, compare_padded, compare_rows};
use crate::text::{compare_numbers, take_digits, take_while};

/// Compares two versions; what is not one by the specification is before all that are, in the
/// generic order.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    match (Version::parse(a), Version::parse(b)) {
        (None, None) => generic::compare(a, b),
        (a, b) => compare_options(a, b, |a, b| a.compare(&b)),
    }
}

struct Version<'a> {
    numbers: &'a str,
    letter: Option<char>,
    /// `_suffix{number}`, any number of times.
    suffixes: &'a str,
    revision: &'a str,
}

impl<'a> Version<'a> {
    fn parse(version: &'a str) -> Option<Self> {
        let (version, revision) = match version.rsplit_once("-r") {
            Some((version, revision)) if take_digits(revision).1.is_empty() => (version, revision),
            Some(_) => return None,
            None => (version, ""),
        };
        let (numbers, rest) = take_while(version, |c| c.is_ascii_digit() || c == '.');
        if numbers.split('.').any(str::is_empty) {
            return None;
        }
        let letter = rest.chars().next().filter(char::is_ascii_lowercase);
        let suffixes = if letter.is_some() {
            rest.get(1..)?
        } else {
            rest
        };
        let is_valid = suffixes.is_empty() || suffixes.starts_with('_');
        let is_valid = is_valid && suffix_iter(suffixes).all(|suffix| suffix.is_some());
        is_valid.then_some(Self {
            numbers,
            letter,
            suffixes,
            revision,
        })
    }

    fn compare(&self, other: &Self) -> Ordering {
        compare_all_numbers(self.numbers, other.numbers)
            .then_with(|| self.letter.cmp(&other.letter))
            .then_with(|| compare_suffixes(self.suffixes, other.suffixes))
            .then_with(|| compare_numbers(self.revision, other.revision))
    }
}

/// The first number counts by value; a later one with a leading zero like a decimal fraction.
fn compare_all_numbers(a: &str, b: &str) -> Ordering {
    let (a_first, a_rest) = take_digits(a);
    let (b_first, b_rest) = take_digits(b);
    compare_numbers(a_first, b_first).then_with(|| {
        compare_rows(a_rest.split('.'), b_rest.split('.'), |a, b| {
            if a.starts_with('0') || b.starts_with('0') {
                a.trim_end_matches('0').cmp(b.trim_end_matches('0'))
            } else {
                compare_numbers(a, b)
            }
        })
    })
}

/// Where suffixes end, `_p` goes on to something newer and the others to something older.
fn compare_suffixes(a: &str, b: &str) -> Ordering {
    const END: (u8, &str) = (4, "");
    let (a, b) = (suffix_iter(a).flatten(), suffix_iter(b).flatten());
    compare_padded(a, b, END, |(a, a_number), (b, b_number)| {
        a.cmp(&b).then_with(|| compare_numbers(a_number, b_number))
    })
}

/// Rank and number of each suffix; `None` for one that is unknown.
fn suffix_iter(suffixes: &str) -> impl Iterator<Item = Option<(u8, &str)>> {
    suffixes.split('_').skip(1).map(|suffix| {
        let (name, number) = take_while(suffix, |c| c.is_ascii_lowercase());
        let rank = match name {
            "alpha" => 0,
            "beta" => 1,
            "pre" => 2,
            "rc" => 3,
            "p" => 5,
            _ => return None,
        };
        take_digits(number).1.is_empty().then_some((rank, number))
    })
}
