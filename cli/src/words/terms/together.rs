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
    let (mut terms, mut others) = (Terms::default(), Vec::new());
    let mut of_names: Vec<Vec<Match>> = Vec::new();
    for word in words {
        let Term { mut matches, name } = parse(word)?;
        terms.matches.extend(matches.iter().cloned());
        match name {
            Some(name) => {
                terms.names.push(name);
                of_names.push(matches.split_off(1));
            }
            None => others.push(word.as_str()),
        }
    }
    match terms.names.as_slice() {
        [] | [_] => Ok(terms),
        names => Err(several_names(names, &of_names, &others)),
    }
}

/// An artifact has one name. `bounds` are what was typed along with each of them.
fn several_names(names: &[String], bounds: &[Vec<Match>], others: &[&str]) -> CliError {
    let others = || others.iter().map(|&word| word.to_owned());
    if let [first, second] = names
        && is_version(second)
    {
        let version = format!("version={}*", second.trim_end_matches('*'));
        let line = [first.clone(), version].into_iter().chain(others());
        return CliError::failed(format!("`{second}` was taken for a second name")).hint(format!(
            "if it is a version: `assetctl find {}`",
            shell::line(line)
        ));
    }
    let error = CliError::failed(format!(
        "nothing is called both `{}` and `{}`",
        names[0], names[1]
    ));
    if bounds.iter().any(|one| *one != bounds[0]) {
        return error.hint("ask for each by itself: their versions differ");
    }
    let either = format!("{{{}}}", names.join(","));
    let bounds = bounds[0].iter().filter_map(said::typed);
    let line = [either].into_iter().chain(bounds).chain(others());
    error.hint(format!(
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
