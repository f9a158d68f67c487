//! Words without an operator: names as a rule, and what else people write where a name is asked
//! for. What can't be told for certain is refused with the line to type, since an answer to a
//! question that nobody asked would pass for a proof.

use proto_types::{Field, Op};

use super::{
    colon,
    image::match_of_digest,
    term::Term,
    unlike,
    value::{is_version, with_globs},
};
use crate::error::Result;

/// Reads a word that has no operator and is no package URL.
pub(super) fn read(word: &str) -> Result<Term> {
    if let Some(digest) = match_of_digest(word) {
        return Ok(Term::of(vec![digest?]));
    }
    if let Some((name, version)) = glued(word) {
        let mut term = named(name, &[format!("version={version}")])?;
        let version = with_globs(Field::Version, Op::Eq, version, word)?;
        term.matches.push(version);
        return Ok(term);
    }
    if colon::is_parted(word) {
        return colon::alone(word);
    }
    named(word, &[])
}

/// Reads a name, or what else may have a version; `behind` are the terms that were read along with
/// it.
pub(super) fn named(word: &str, behind: &[String]) -> Result<Term> {
    unlike::check(word, behind)?;
    if colon::is_parted(word) {
        return colon::with_version(word, behind);
    }
    Ok(Term {
        matches: vec![with_globs(Field::Name, Op::Eq, word, word)?],
        name: Some(word.to_owned()),
    })
}

/// Whether a sign is the `~` of a version behind an `@`: `openssl@3.0.14-1~deb12u1`.
pub(super) fn is_in_version(term: &str, at: usize) -> bool {
    term[at..].starts_with('~') && glued(term).is_some_and(|(name, _)| name.len() < at)
}

/// `openssl@3.0.9`. The `@` of a scope such as `@babel/core` parts nothing.
fn glued(word: &str) -> Option<(&str, &str)> {
    let (name, version) = word.rsplit_once('@')?;
    (!name.is_empty() && is_version(version) && !version.contains('/')).then_some((name, version))
}
