//! Values: patterns among them, package URLs, and what looks like a version.

use model::{condition::GLOB_SIGNS, purl::Purl};
use proto_types::{Field, Match, Op};

use crate::error::{CliError, Result};

/// A match, of a pattern where the value is one.
pub(super) fn with_globs(field: Field, op: Op, value: &str, term: &str) -> Result<Match> {
    // The `?` of a package URL begins its qualifiers.
    let is_glob = match field {
        Field::Purl => value.contains(['*', '[', '{']),
        _ => value.contains(GLOB_SIGNS),
    };
    let op = match op {
        Op::Eq if is_glob => Op::Glob,
        Op::Ne if is_glob => {
            return Err(
                CliError::failed(format!("`{term}`: a pattern can't be negated")).hint(format!(
                    "`--match {field} ne '{value}'` compares with the literal text"
                )),
            );
        }
        _ => op,
    };
    let value = value.to_owned();
    Ok(Match { field, op, value })
}

/// Refuses what is no package URL where one is asked for: it would be looked for as text.
pub(super) fn check_purl(value: &str) -> Result<()> {
    let is_pattern = value.contains(['*', '[', '{']);
    let is_one = !value.contains(['<', '>']) && !value.contains(char::is_whitespace);
    if value.is_empty() || is_pattern || (is_one && Purl::parse(value).is_some()) {
        return Ok(());
    }
    Err(
        CliError::failed(format!("`{value}` is not a package URL")).hint(
            "one is `pkg:TYPE/NAMESPACE/NAME@VERSION`, such as pkg:deb/debian/openssl or \
         pkg:npm/lodash@4.17.20",
        ),
    )
}

/// Whether a text looks like a version: it begins with a digit, behind a `v` perhaps.
pub(crate) fn is_version(text: &str) -> bool {
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    text.starts_with(|one: char| one.is_ascii_digit())
}

/// Whether a text can hardly be anything but a version: numbers and dots.
pub(super) fn is_number(text: &str) -> bool {
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|one| one.is_ascii_digit());
    text.contains('.') && text.trim_end_matches(".*").split('.').all(is_digits)
}
