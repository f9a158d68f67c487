//! Terms that were typed together, and those that can't all hold.

use model::condition::contradiction;
use proto_types::{Match, Op};

use super::{parse::parse, said, term::Term, value::is_version};
use crate::{
    error::{CliError, Result},
    words::shell,
};

/// What some words mean together.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    /// What must hold.
    pub(crate) matches: Vec<Match>,
    /// The words that were taken for names without anything that says so.
    pub(crate) names: Vec<String>,
}

/// Reads words, each of them a term.
pub(crate) fn read(words: &[String]) -> Result<Terms> {
    let mut terms = Terms::default();
    let mut named = Vec::new();
    for word in words {
        let Term { matches, name } = parse(word)?;
        if name.is_some() {
            named.push(word.as_str());
        }
        terms.names.extend(name);
        terms.matches.extend(matches);
    }
    match named.as_slice() {
        [] | [_] => Ok(terms),
        [first, second, ..] => Err(two_names(words, first, second, &named)),
    }
}

/// An artifact has one name.
fn two_names(words: &[String], first: &str, second: &str, named: &[&str]) -> CliError {
    let rest = words.iter().filter(|word| !named.contains(&word.as_str()));
    if named.len() == 2 && is_version(second) {
        let version = format!("version={}*", second.trim_end_matches('*'));
        let line = [first, &version]
            .into_iter()
            .chain(rest.map(String::as_str));
        return CliError::failed(format!("`{second}` was taken for a second name")).hint(format!(
            "if it is a version: `assetctl find {}`",
            shell::line(line)
        ));
    }
    let either = format!("{{{}}}", named.join(","));
    let line = [either.as_str()]
        .into_iter()
        .chain(rest.map(String::as_str));
    CliError::failed(format!("nothing is called both `{first}` and `{second}`")).hint(format!(
        "for any of them: `assetctl find {}`",
        shell::line(line)
    ))
}

/// Refuses matches that nothing can fit all of.
pub(crate) fn check_together(matches: &[Match]) -> Result<()> {
    // What can't be used at all, the server says.
    let Ok(Some((first, second))) = contradiction(matches) else {
        return Ok(());
    };
    let words = |one: &Match| said::typed(one).unwrap_or_else(|| said::in_words(one));
    let error = CliError::failed(format!(
        "nothing fits both `{}` and `{}`",
        words(first),
        words(second)
    ));
    if (first.op, second.op) != (Op::Eq, Op::Eq) {
        return Err(error.hint("all terms must hold at once"));
    }
    let either = format!("{}={{{},{}}}", first.field, first.value, second.value);
    Err(error.hint(format!("for either: {}", shell::quote(&either))))
}
