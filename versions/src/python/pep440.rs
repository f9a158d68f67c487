//! Versions by PEP 440, including every spelling that its appendix B tells tools to accept.

use std::cmp::Ordering;

use crate::rows::{compare_options, compare_rows};
use crate::text::{
    compare_dotted, compare_ignoring_case, compare_numbers, is_number, take_digits, take_while,
};

/// A version, cut into its parts; numbers stay text, so that their length has no limit.
pub(crate) struct Pep440<'a> {
    epoch: &'a str,
    release: &'a str,
    pre: Option<(Phase, &'a str)>,
    post: Option<&'a str>,
    dev: Option<&'a str>,
    local: Option<&'a str>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Alpha,
    Beta,
    Candidate,
}

const PHASES: [(&str, Phase); 8] = [
    ("alpha", Phase::Alpha),
    ("a", Phase::Alpha),
    ("beta", Phase::Beta),
    ("b", Phase::Beta),
    ("preview", Phase::Candidate),
    ("pre", Phase::Candidate),
    ("rc", Phase::Candidate),
    ("c", Phase::Candidate),
];

impl<'a> Pep440<'a> {
    pub(crate) fn parse(version: &'a str) -> Option<Self> {
        let version = version.trim();
        let version = version.strip_prefix(['v', 'V']).unwrap_or(version);
        let (epoch, rest) = match take_digits(version) {
            ("", _) => return None,
            (epoch, rest) => rest
                .strip_prefix('!')
                .map_or(("", version), |rest| (epoch, rest)),
        };
        let (release, rest) = take_release(rest)?;
        let (pre, rest) = take_pre(rest);
        let (post, rest) = take_post(rest);
        let (dev, rest) = take_named(rest, &["dev"]);
        let local = match rest.strip_prefix('+') {
            Some(local) if is_local(local) => Some(local),
            None if rest.is_empty() => None,
            _ => return None,
        };
        Some(Self {
            epoch,
            release,
            pre,
            post,
            dev,
            local,
        })
    }

    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        compare_numbers(self.epoch, other.epoch)
            .then_with(|| compare_dotted(self.release, other.release))
            .then_with(|| self.compare_pre(other))
            .then_with(|| compare_options(self.post, other.post, compare_numbers))
            .then_with(|| match (self.dev, other.dev) {
                (Some(a), Some(b)) => compare_numbers(a, b),
                // A development version is before what it develops.
                (a, b) => a.is_none().cmp(&b.is_none()),
            })
            .then_with(|| compare_options(self.local, other.local, compare_local))
    }

    /// A development version of the release itself is before its prereleases, any other version
    /// that has no prerelease part is after them.
    fn compare_pre(&self, other: &Self) -> Ordering {
        let rank = |version: &Self| match version.pre {
            None if version.post.is_none() && version.dev.is_some() => 0,
            Some(_) => 1,
            None => 2,
        };
        rank(self)
            .cmp(&rank(other))
            .then_with(|| match (self.pre, other.pre) {
                (Some((a, a_number)), Some((b, b_number))) => {
                    a.cmp(&b).then_with(|| compare_numbers(a_number, b_number))
                }
                _ => Ordering::Equal,
            })
    }
}

/// Numbers with dots between them; a dot that no number follows belongs to the next part.
fn take_release(text: &str) -> Option<(&str, &str)> {
    let (run, _) = take_while(text, |c| c.is_ascii_digit() || c == '.');
    let length = run.find("..").unwrap_or(run.len());
    let (run, _) = text.split_at_checked(length)?;
    let release = run.strip_suffix('.').unwrap_or(run);
    let starts_well = release.starts_with(|c: char| c.is_ascii_digit());
    starts_well.then_some((release, text.strip_prefix(release)?))
}

fn take_pre(text: &str) -> (Option<(Phase, &str)>, &str) {
    for (name, phase) in PHASES {
        if let (Some(number), rest) = take_named(text, &[name]) {
            return (Some((phase, number)), rest);
        }
    }
    (None, text)
}

/// `.post1` in any of its spellings, or `-1`.
fn take_post(text: &str) -> (Option<&str>, &str) {
    if let Some((number, rest)) = text.strip_prefix('-').map(take_digits)
        && !number.is_empty()
    {
        return (Some(number), rest);
    }
    take_named(text, &["post", "rev", "r"])
}

/// One of the names, in any case, with a separator before and after it and a number, all of them
/// optional; the number is empty where it is left out.
fn take_named<'a>(text: &'a str, names: &[&str]) -> (Option<&'a str>, &'a str) {
    let start = text.strip_prefix(is_separator).unwrap_or(text);
    let after = names.iter().find_map(|name| {
        let (head, tail) = start.split_at_checked(name.len())?;
        head.eq_ignore_ascii_case(name).then_some(tail)
    });
    match after {
        Some(tail) => {
            let (number, rest) = take_digits(tail.strip_prefix(is_separator).unwrap_or(tail));
            (Some(number), rest)
        }
        None => (None, text),
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | '-' | '_')
}

fn is_local(local: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric());
    local.split(is_separator).all(is_word)
}

/// Numbers by value and after words; the longer row is greater.
fn compare_local(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.split(is_separator), b.split(is_separator));
    compare_rows(a, b, |a, b| match (is_number(a), is_number(b)) {
        (true, true) => compare_numbers(a, b),
        (false, false) => compare_ignoring_case(a, b),
        (a_is_number, b_is_number) => a_is_number.cmp(&b_is_number),
    })
}
