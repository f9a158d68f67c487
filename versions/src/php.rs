//! PHP's orders of versions, by the manual on `version_compare` and Composer's "Versions" article.

use std::cmp::Ordering;

use crate::text::{compare_dotted, compare_numbers, take_digits, take_while};

/// Compares as `version_compare` does: `1.0` is before `1.0.0`.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    compare_parts(a, b, rank)
}

/// Compares as Composer does: without a leading `v` and build metadata, words in any case, and
/// `1.0` equals `1.0.0`.
pub(crate) fn compare_composer(a: &str, b: &str) -> Ordering {
    let (a_numbers, a_rest) = split_composer(a);
    let (b_numbers, b_rest) = split_composer(b);
    // A branch such as `dev-main` has no numbers, and is before all that have.
    (!a_numbers.is_empty())
        .cmp(&!b_numbers.is_empty())
        .then_with(|| compare_dotted(a_numbers, b_numbers))
        .then_with(|| compare_parts(a_rest, b_rest, rank_composer))
}

fn split_composer(version: &str) -> (&str, &str) {
    let version = version.split('+').next().unwrap_or_default();
    let version = version.trim_start_matches(['v', 'V']);
    let (numbers, rest) = take_while(version, |c| c.is_ascii_digit() || c == '.');
    let rest = rest.trim_start_matches(is_separator);
    let is_stable = rest
        .get(..6)
        .is_some_and(|word| word.eq_ignore_ascii_case("stable"));
    (numbers, if is_stable { "" } else { rest })
}

fn is_separator(c: char) -> bool {
    !c.is_ascii_alphanumeric()
}

fn compare_parts(mut a: &str, mut b: &str, rank: fn(&str) -> u8) -> Ordering {
    loop {
        let (left, a_rest) = take_part(a, rank);
        let (right, b_rest) = take_part(b, rank);
        let order = left.compare(right);
        if order.is_ne() || matches!(left, Part::End) {
            return order;
        }
        (a, b) = (a_rest, b_rest);
    }
}

#[derive(Clone, Copy)]
enum Part<'a> {
    Form(u8),
    End,
    Number(&'a str),
}

/// The rank among the forms of a place where there is no form, but a number or the end.
const NO_FORM: u8 = 5;

impl Part<'_> {
    fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Part::Form(a), Part::Form(b)) => a.cmp(&b),
            (Part::Number(a), Part::Number(b)) => compare_numbers(a, b),
            (Part::Form(form), _) => form.cmp(&NO_FORM),
            (_, Part::Form(form)) => NO_FORM.cmp(&form),
            (Part::End, Part::End) => Ordering::Equal,
            (Part::End, Part::Number(_)) => Ordering::Less,
            (Part::Number(_), Part::End) => Ordering::Greater,
        }
    }
}

fn take_part(text: &str, rank: fn(&str) -> u8) -> (Part<'_>, &str) {
    let text = text.trim_start_matches(is_separator);
    if text.is_empty() {
        return (Part::End, text);
    }
    let (digits, rest) = take_digits(text);
    if !digits.is_empty() {
        return (Part::Number(digits), rest);
    }
    let (word, rest) = take_while(text, |c| c.is_ascii_alphabetic());
    (Part::Form(rank(word)), rest)
}

/// Any unknown word, then `dev`, `alpha` or `a`, `beta` or `b`, `RC` or `rc`, none, `pl` or `p`;
/// the start of a word is enough.
fn rank(word: &str) -> u8 {
    let forms: [(&[&str], u8); 5] = [
        (&["dev"], 1),
        (&["a"], 2),
        (&["b"], 3),
        (&["RC", "rc"], 4),
        (&["p"], NO_FORM + 1),
    ];
    let starts = |names: &[&str]| names.iter().any(|name| word.starts_with(name));
    forms
        .iter()
        .find(|(names, _)| starts(names))
        .map_or(0, |(_, rank)| *rank)
}

/// Composer knows the same words in any case, and no others.
fn rank_composer(word: &str) -> u8 {
    match word.bytes().next().map(|first| first.to_ascii_lowercase()) {
        Some(b'd') => rank("dev"),
        Some(b'a') => rank("a"),
        Some(b'b') => rank("b"),
        Some(b'r') => rank("rc"),
        Some(b'p') => rank("p"),
        _ => 0,
    }
}
