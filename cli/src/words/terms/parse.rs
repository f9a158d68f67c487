//! From a word to what it means.

use model::purl::is_purl;
use proto_types::Field;

use super::{compared, letters, package, quoted, range, sign, term::Term, word};
use crate::error::{CliError, Result};

/// Whether a word has no operator and is no package URL: it is a name then, or a piece of one.
pub(crate) fn is_bare(word: &str) -> bool {
    sign::first(word).is_none() && !is_purl(word)
}

/// Reads one term.
///
/// Only the first operator counts: versions contain `~`, `=`, `:` and `+` themselves.
pub(crate) fn parse(term: &str) -> Result<Term> {
    let term = term.trim();
    if term.is_empty() {
        return Err(CliError::failed("an empty term finds nothing"));
    }
    let first = sign::first(term);
    let is_regex = first.is_some_and(|at| term[at..].starts_with('~'));
    // Just that name, whatever it is.
    let is_literal = first.is_some_and(|at| term[..at].trim() == Field::Name.as_str());
    if !is_regex && !is_literal {
        quoted::check(term)?;
        letters::check_term(term)?;
    }
    let has_field = first.is_some_and(|at| Field::from_word(term[..at].trim()).is_some());
    if !has_field {
        range::check(term)?;
    }
    if is_purl(term) {
        return package::read(term);
    }
    match first {
        Some(at) if !word::is_in_version(term, at) => compared::read(term, at),
        _ => word::read(term),
    }
}
