//! A total order for versions without published rules: natural order that knows common words.

use std::cmp::Ordering;

use crate::rows::compare_padded;
use crate::text::{compare_ignoring_case, compare_numbers, is_zero, take_digits, take_while};

/// Compares numbers and words by turns; other characters only separate them.
///
/// At each place a tilde or a word for a prerelease is before the end, the end equals a zero,
/// and further words are after it, but before further numbers: `1.0~1 < 1.0rc1 < 1.0 = 1.0.0 <
/// 1.0a < 1.0.1`.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    compare_padded(Parts::new(a), Parts::new(b), ZERO, Part::compare)
}

#[derive(Clone, Copy)]
enum Part<'a> {
    Prerelease(u8),
    Word(&'a str),
    Number(&'a str),
}

const ZERO: Part<'static> = Part::Number("0");

impl Part<'_> {
    fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Part::Prerelease(a), Part::Prerelease(b)) => a.cmp(&b),
            (Part::Word(a), Part::Word(b)) => compare_ignoring_case(a, b),
            (Part::Number(a), Part::Number(b)) => compare_numbers(a, b),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    fn rank(self) -> u8 {
        match self {
            Part::Prerelease(_) => 0,
            Part::Number(digits) if is_zero(digits) => 1,
            Part::Word(_) => 2,
            Part::Number(_) => 3,
        }
    }
}

/// Words for prereleases, in their order.
const PRERELEASES: [&[&str]; 6] = [
    &["dev", "snapshot", "nightly", "canary"],
    &["alpha"],
    &["beta"],
    &["milestone"],
    &["pre", "preview"],
    &["rc", "cr"],
];

struct Parts<'a>(&'a str);

impl<'a> Parts<'a> {
    fn new(version: &'a str) -> Self {
        match version.strip_prefix(['v', 'V']) {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => Self(rest),
            _ => Self(version),
        }
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let is_separator = |c: char| !c.is_ascii_digit() && !c.is_alphabetic() && c != '~';
        let text = self.0.trim_start_matches(is_separator);
        if let Some(rest) = text.strip_prefix('~') {
            self.0 = rest;
            return Some(Part::Prerelease(0));
        }
        let (digits, rest) = take_digits(text);
        if !digits.is_empty() {
            self.0 = rest;
            return Some(Part::Number(digits));
        }
        let (word, rest) = take_while(text, char::is_alphabetic);
        self.0 = rest;
        (!word.is_empty()).then(|| classify(word))
    }
}

fn classify(word: &str) -> Part<'_> {
    let is = |name: &&str| name.eq_ignore_ascii_case(word);
    let rank = PRERELEASES
        .iter()
        .zip(1..)
        .find(|(names, _)| names.iter().any(is));
    rank.map_or(Part::Word(word), |(_, rank)| Part::Prerelease(rank))
}
