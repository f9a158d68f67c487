//! From a word to what it means.

use model::purl::is_purl;
use proto_types::{Field, Match, Op};

use super::{compared, sign, term::Term, value, word};
use crate::{
    error::{CliError, Result},
    words::shell,
};

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
    if is_purl(term) {
        value::check_purl(term)?;
        if term.contains(['*', '{']) {
            let pattern = shell::quote(&format!("purl={term}"));
            return Err(CliError::failed(format!(
                "`{term}` is a pattern, and a package is asked for"
            ))
            .hint(format!(
                "for all whose text fits it: `assetctl find {pattern}`"
            )));
        }
        return Ok(Term::of(vec![Match {
            field: Field::Purl,
            op: Op::Eq,
            value: term.to_owned(),
        }]));
    }
    match sign::first(term) {
        Some(at) if !word::is_in_version(term, at) => compared::read(term, at),
        _ => word::read(term),
    }
}
