//! Globs as regular expressions. They work on characters, as people count them, and not on bytes.
//!
//! `*` is any text, `?` one character, `[abc]`, `[a-z]` and `[!a-z]` one of these or none of
//! these, `{a,b}` either; a backslash before a character takes it as it is. `/` is a character
//! like others.

use std::{iter::Peekable, str::Chars};

/// The characters that make a text a glob.
pub const SIGNS: [char; 4] = ['*', '?', '[', '{'];

/// Why a text is no glob.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MalformedGlob {
    /// A `[` without its `]`.
    #[error("a `[` is never closed; `\\[` stands for the character")]
    OpenClass,
    /// A range that goes down.
    #[error("the range `{0}-{1}` goes down")]
    Range(char, char),
    /// A `{` without its `}`.
    #[error("a `{{` is never closed; `\\{{` stands for the character")]
    OpenChoice,
    /// A `}` without its `{`.
    #[error("a `}}` closes nothing; `\\}}` stands for the character")]
    NoChoice,
    /// A backslash at the end.
    #[error("a `\\` at the end takes no character as it is")]
    Backslash,
}

/// The regular expression that the same texts fit.
pub(super) fn to_regex(glob: &str) -> Result<String, MalformedGlob> {
    let mut regex = String::from(r"\A");
    let mut open = 0_usize;
    let mut rest = glob.chars().peekable();
    while let Some(one) = rest.next() {
        match one {
            // Several in a row are no more than one, and would cost more.
            '*' if rest.peek() == Some(&'*') => {}
            '*' => regex.push_str("(?s:.*)"),
            '?' => regex.push_str("(?s:.)"),
            '[' => class(&mut rest, &mut regex)?,
            '{' => {
                open += 1;
                regex.push_str("(?:");
            }
            '}' => {
                open = open.checked_sub(1).ok_or(MalformedGlob::NoChoice)?;
                regex.push(')');
            }
            ',' if open > 0 => regex.push('|'),
            '\\' => literal(rest.next().ok_or(MalformedGlob::Backslash)?, &mut regex),
            _ => literal(one, &mut regex),
        }
    }
    if open > 0 {
        return Err(MalformedGlob::OpenChoice);
    }
    regex.push_str(r"\z");
    Ok(regex)
}

/// A character that stands for itself.
fn literal(one: char, regex: &mut String) {
    regex.push_str(&regex::escape(one.encode_utf8(&mut [0; 4])));
}

/// What follows a `[`, up to its `]`. One that comes first is a member.
fn class(rest: &mut Peekable<Chars<'_>>, regex: &mut String) -> Result<(), MalformedGlob> {
    regex.push('[');
    if rest.next_if(|one| matches!(one, '!' | '^')).is_some() {
        regex.push('^');
    }
    let mut is_first = true;
    loop {
        let low = rest.next().ok_or(MalformedGlob::OpenClass)?;
        if low == ']' && !is_first {
            regex.push(']');
            return Ok(());
        }
        is_first = false;
        member(low, high(low, rest)?, regex);
    }
}

/// The end of the range that a member of a class begins; the member where it begins none. A `-`
/// that comes last is a member.
fn high(low: char, rest: &mut Peekable<Chars<'_>>) -> Result<char, MalformedGlob> {
    let mut ahead = rest.clone();
    match (ahead.next(), ahead.next()) {
        (Some('-'), Some(high)) if high != ']' => {
            *rest = ahead;
            match low <= high {
                true => Ok(high),
                false => Err(MalformedGlob::Range(low, high)),
            }
        }
        _ => Ok(low),
    }
}

fn member(low: char, high: char, regex: &mut String) {
    let (low, high) = (u32::from(low), u32::from(high));
    regex.push_str(&format!(r"\x{{{low:x}}}-\x{{{high:x}}}"));
}
