//! Terms that were typed together, and those that can't all hold.

use model::{condition::contradiction, purl::Purl};
use proto_types::{Field, Match, Op};

use super::{
    order,
    parse::parse,
    said,
    term::Term,
    value::{is_number, is_version},
};
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
        [version] if is_number(version) => Err(version_alone(version, &others)),
        [] | [_] => Ok(terms),
        names => Err(several_names(names, &of_names, &others)),
    }
}

/// Nothing is called as versions are; `others` say what it is the version of, perhaps.
fn version_alone(version: &str, others: &[&str]) -> CliError {
    let pattern = format!("version={}*", version.trim_end_matches('*'));
    let error = CliError::failed(format!("`{version}` was taken for a name"));
    let line = others.iter().map(|&word| word.to_owned()).chain([pattern]);
    error.hint(format!(
        "if it is a version: `assetctl find {}`",
        shell::line(line)
    ))
}

/// An artifact has one name. `bounds` are what was typed along with each of them.
fn several_names(names: &[String], bounds: &[Vec<Match>], others: &[&str]) -> CliError {
    let others = || others.iter().map(|&word| word.to_owned());
    let as_version = match names {
        [first, second] if is_version(second) => Some((first, second)),
        [first, second] if is_number(first) => Some((second, first)),
        _ => None,
    };
    if let Some((first, second)) = as_version {
        let version = format!("version={}*", second.trim_end_matches('*'));
        let line = [first.clone(), version].into_iter().chain(others());
        return CliError::failed(format!("`{second}` was taken for a second name")).hint(format!(
            "if it is a version: `assetctl find {}`",
            shell::line(line)
        ));
    }
    let error = CliError::failed(format!(
        "nothing is named both `{}` and `{}`",
        names[0], names[1]
    ));
    if bounds.iter().any(|one| *one != bounds[0]) {
        return error.hint("search for each separately: their versions differ");
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
    check_packages(matches)?;
    // What can't be used at all, the server says.
    let Ok(found) = contradiction(matches) else {
        return Ok(());
    };
    let Some((first, second)) = found.or_else(|| order::contradiction(matches)) else {
        return Ok(());
    };
    let words = |one: &Match| said::typed(one).unwrap_or_else(|| said::in_words(one));
    let error = CliError::failed(format!(
        "nothing matches both `{}` and `{}`",
        words(first),
        words(second)
    ));
    if (first.op, second.op) != (Op::Eq, Op::Eq) {
        return Err(error.hint("all terms must match"));
    }
    let either = format!("{}={{{},{}}}", first.field, first.value, second.value);
    Err(error.hint(format!("for either: {}", shell::quote(&either))))
}

/// Refuses two package URLs that no package has both of.
fn check_packages(matches: &[Match]) -> Result<()> {
    let is_package = |one: &&Match| (one.field, one.op) == (Field::Purl, Op::Eq);
    let packages = matches.iter().filter(is_package);
    let packages: Vec<(&str, Purl)> = packages
        .filter_map(|one| Some((one.value.as_str(), Purl::parse(&one.value)?)))
        .collect();
    for (at, (first, one)) in packages.iter().enumerate() {
        for (second, other) in &packages[at + 1..] {
            let differ = one.folded_name() != other.folded_name()
                || one.kind() != other.kind()
                || (one.version() != other.version()
                    && one.version().is_some()
                    && other.version().is_some());
            if differ {
                let line = shell::line([first, second]);
                return Err(
                    CliError::failed(format!("nothing is both `{first}` and `{second}`")).hint(
                        format!("for either: `printf '%s\\n' {line} | assetctl find -f -`"),
                    ),
                );
            }
        }
    }
    Ok(())
}
