//! RubyGems' order of versions, by the documentation of `Gem::Version`.

use std::cmp::Ordering;

use crate::rows::compare_padded;
use crate::text::{compare_numbers, is_zero, take_digits, take_while};

/// Compares two gem versions segment by segment, the shorter continued with zeros.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    compare_padded(Segments::new(a), Segments::new(b), ZERO, Segment::compare)
}

#[derive(Clone, Copy)]
enum Segment<'a> {
    Word(&'a str),
    Number(&'a str),
}

const ZERO: Segment<'static> = Segment::Number("0");

impl Segment<'_> {
    /// A word makes a prerelease: it is before any number.
    fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Segment::Number(a), Segment::Number(b)) => compare_numbers(a, b),
            (Segment::Word(a), Segment::Word(b)) => a.cmp(b),
            (Segment::Word(_), Segment::Number(_)) => Ordering::Less,
            (Segment::Number(_), Segment::Word(_)) => Ordering::Greater,
        }
    }
}

/// The numbers before the first word without their trailing zeros, then all that follows.
struct Segments<'a> {
    head: &'a str,
    tail: &'a str,
}

impl<'a> Segments<'a> {
    fn new(version: &'a str) -> Self {
        let version = without_platform(version);
        let (head, tail) = take_while(version, |c| !c.is_ascii_alphabetic() && c != '-');
        Self {
            head: trim_zeros(head),
            tail,
        }
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        let part = if self.head.is_empty() {
            &mut self.tail
        } else {
            &mut self.head
        };
        let (segment, rest) = take_segment(part)?;
        *part = rest;
        Some(segment)
    }
}

/// The next run of digits or letters; a hyphen stands for the word `pre`.
fn take_segment(text: &str) -> Option<(Segment<'_>, &str)> {
    let text = text.trim_start_matches(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    if let Some(rest) = text.strip_prefix('-') {
        return Some((Segment::Word("pre"), rest));
    }
    let (digits, rest) = take_digits(text);
    if !digits.is_empty() {
        return Some((Segment::Number(digits), rest));
    }
    let (word, rest) = take_while(text, |c| c.is_ascii_alphabetic());
    (!word.is_empty()).then_some((Segment::Word(word), rest))
}

/// Drops the zeros, and what separates them, that end a row of numbers.
fn trim_zeros(mut numbers: &str) -> &str {
    loop {
        let trimmed = numbers.trim_end_matches(|c: char| !c.is_ascii_digit());
        let before = trimmed.trim_end_matches(|c: char| c.is_ascii_digit());
        let last = trimmed.strip_prefix(before).unwrap_or_default();
        if last.is_empty() || !is_zero(last) {
            return trimmed;
        }
        numbers = before;
    }
}

/// Lock files append the platform (`1.15.0-x86_64-linux`), which is no part of the version. Only
/// one that `Gem::Version` refuses for its underscore can be told from a prerelease.
fn without_platform(version: &str) -> &str {
    match version.split_once('-') {
        Some((version, platform)) if platform.contains('_') => version,
        _ => version,
    }
}
