//! Versions from before PEP 440, by the documentation of setuptools' `parse_version`.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::text::{take_digits, take_while};

/// Compares two versions part by part, as texts.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    parts(&a.to_lowercase()).cmp(&parts(&b.to_lowercase()))
}

/// The mark of a part that is no number; it sorts before all digits.
const WORD: &str = "*";
const FINAL: &str = "*final";
const HYPHEN: &str = "*final-";
const ZERO: &str = "00000000";

/// The parts of a version in lower case, ended by the mark of a final release, before which
/// words for prereleases sort and after which those for patches sort.
fn parts(version: &str) -> Vec<Cow<'_, str>> {
    let mut parts = Vec::new();
    let mut rest = version;
    while !rest.is_empty() {
        let (part, tail) = take_part(rest);
        rest = tail;
        if part != "." {
            push(&mut parts, spell(part));
        }
    }
    push(&mut parts, Cow::Borrowed(FINAL));
    parts
}

/// Digits, letters, a dot, a hyphen, or a run of anything else.
fn take_part(text: &str) -> (&str, &str) {
    let kind = |c: char| match c {
        '0'..='9' => 0,
        'a'..='z' => 1,
        '.' => 2,
        '-' => 3,
        _ => 4,
    };
    match text.chars().next() {
        Some('.' | '-') => text.split_at(1),
        Some('0'..='9') => take_digits(text),
        Some(first) => take_while(text, |c| kind(c) == kind(first)),
        None => (text, text),
    }
}

/// How a part is compared: numbers filled up to eight digits, words marked and some replaced.
fn spell(part: &str) -> Cow<'_, str> {
    match part {
        "-" => Cow::Borrowed(HYPHEN),
        "pre" | "preview" | "rc" => Cow::Borrowed("*c"),
        "dev" => Cow::Borrowed("*@"),
        _ if part.starts_with(|c: char| c.is_ascii_digit()) => Cow::Owned(format!("{part:0>8}")),
        _ => Cow::Owned(format!("{WORD}{part}")),
    }
}

/// A word takes away the zeros before it, and one for a prerelease the hyphens before it too.
fn push<'a>(parts: &mut Vec<Cow<'a, str>>, part: Cow<'a, str>) {
    if part.starts_with(WORD) {
        if *part < *FINAL {
            while parts.pop_if(|last| last == HYPHEN).is_some() {}
        }
        while parts.pop_if(|last| last == ZERO).is_some() {}
    }
    parts.push(part);
}
