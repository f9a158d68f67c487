//! Package URLs as they are typed: alone, with a bound behind (`pkg:npm/lodash<4`), or with a
//! pattern in place of the version.

use proto_types::{Field, Match, Op};

use super::{
    compared,
    term::Term,
    value::{check_purl, is_version, with_globs},
};
use crate::{
    error::{CliError, Result},
    words::shell,
};

/// Reads a term that begins as a package URL does.
pub(super) fn read(term: &str) -> Result<Term> {
    let (written, behind) = term.split_at(end(term));
    let behind = behind.trim();
    if behind.is_empty() {
        return alone(term);
    }
    let written = written.strip_suffix('@').unwrap_or(written);
    if !behind.starts_with(['<', '>', '=', '!']) {
        return Err(several(term, written, behind));
    }
    let mut matches = alone(written)?.matches;
    matches.extend(compared::of_field(Field::Version, behind, term)?);
    Ok(Term::of(matches))
}

/// Where a package URL ends in a term: at what none holds but percent-encoded. Only qualifiers have
/// a `=`.
fn end(term: &str) -> usize {
    let first = term.find(|one: char| one.is_whitespace() || matches!(one, '<' | '>'));
    let qualifiers = term.find(['?', '#']).unwrap_or(term.len());
    let sign = term[..qualifiers].find(['=', '!']);
    first.into_iter().chain(sign).min().unwrap_or(term.len())
}

fn alone(term: &str) -> Result<Term> {
    check_purl(term)?;
    if let Some((package, version)) = with_pattern(term) {
        let version = with_globs(Field::Version, Op::Eq, version, term)?;
        return Ok(Term::of(vec![exactly(package), version]));
    }
    if term.contains(['*', '{']) {
        // The `@` of a scope is percent-encoded by scanners.
        let pattern = format!("purl={}", term.replace("/@", "/%40"));
        return Err(
            CliError::failed(format!("`{term}` is a pattern, but a package is expected")).hint(
                format!(
                    "for everything whose text matches it: `assetctl find {}`",
                    shell::quote(&pattern)
                ),
            ),
        );
    }
    if let Some((package, rest)) = term.split_once('[')
        && let Some((_, behind)) = rest.split_once(']')
    {
        let line = shell::quote(&format!("{package}{behind}"));
        return Err(CliError::failed(format!(
            "`{term}` names an extra, which packages don't have"
        ))
        .hint(format!("`assetctl find {line}`")));
    }
    Ok(Term::of(vec![exactly(term)]))
}

/// A package URL that has a pattern for its version, and none elsewhere.
fn with_pattern(term: &str) -> Option<(&str, &str)> {
    let (package, version) = term.rsplit_once('@')?;
    let is_plain = !package.contains(['*', '{', '[', '?', '#']) && package.contains('/');
    let is_pattern = version.contains(['*', '{', '[']) && !version.contains(['/', '?', '#']);
    (is_plain && is_pattern).then_some((package, version))
}

fn exactly(written: &str) -> Match {
    Match {
        field: Field::Purl,
        op: Op::Eq,
        value: written.to_owned(),
    }
}

/// A package URL and more words in one argument.
fn several(term: &str, written: &str, behind: &str) -> CliError {
    let mut words = vec![written.to_owned()];
    words.extend(
        behind
            .split_whitespace()
            .map(|word| match is_version(word) {
                true => format!("version={word}*"),
                false => word.to_owned(),
            }),
    );
    CliError::failed(format!("`{term}` contains several words"))
        .hint(format!("`assetctl find {}`", shell::line(words)))
}
