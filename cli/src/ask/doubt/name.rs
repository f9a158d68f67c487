//! Words that were taken for names, and look like something else.

use std::path::Path;

use model::{condition::GLOB_SIGNS, reference};
use proto_types::{Field, FindRequest, GroupBy, Match, Op};

use super::{
    asked::{ever, finds, groups},
    line,
    swap::swapped,
    writing::written_otherwise,
};
use crate::{
    ask::context::Context,
    error::{CliError, Result},
    words::{package_file::parted, shell, terms::is_version},
};

/// Refuses a word that no artifact was ever called by, where another is meant for all one can tell.
pub(super) async fn check(request: &FindRequest, word: &str, context: &Context<'_>) -> Result<()> {
    check_glued(request, word, context).await?;
    let literal = is(Op::Eq, word);
    if ever(vec![literal.clone()], Vec::new(), context).await? {
        return check_writing(request, &literal, context).await;
    }
    let Some(hint) = meant(request, &literal, context).await? else {
        return Ok(());
    };
    let spelled = shell::quote(&format!("name={word}"));
    Err(
        CliError::not_found(format!("nothing is named `{word}`")).hint(format!(
            "{hint}; for exactly that name: `assetctl find {spelled}`"
        )),
    )
}

/// What is meant by a name that nothing was ever called by, with the line to type.
async fn meant(
    request: &FindRequest,
    literal: &Match,
    context: &Context<'_>,
) -> Result<Option<String>> {
    let word = literal.value.as_str();
    if let Some(other) = in_other_writing(request, word, context).await? {
        let line = line::with(request, literal, &[&other]);
        return Ok(Some(format!("did you mean `{other}`? {line}")));
    }
    if let Some((name, version)) = parted(word) {
        let version = version_term(request, literal, name, version, context).await?;
        let line = line::with(request, literal, &[name, &version]);
        return Ok(Some(format!(
            "write the version as a separate term: {line}"
        )));
    }
    if let Some((name, tail)) = tagged(word)
        && ever(vec![is(Op::Eq, name)], Vec::new(), context).await?
    {
        let line = line::with(request, literal, &[name]);
        return Ok(Some(format!("`{tail}` is not a version: {line}")));
    }
    let image = Match {
        field: Field::ImageName,
        op: Op::Glob,
        value: reference::glob(word),
    };
    if word.contains('/') && finds(request, vec![image], context).await? {
        let line = line::with(request, literal, &[&format!("image={word}")]);
        return Ok(Some(format!("for the image of that name: {line}")));
    }
    for (name, rest) in pieces(word) {
        if ever(vec![is(Op::Eq, name)], Vec::new(), context).await? {
            let version = is_version(rest).then(|| format!("version={rest}*"));
            let words: Vec<&str> = [name].into_iter().chain(version.as_deref()).collect();
            let line = line::with(request, literal, &words);
            return Ok(Some(format!("there is an artifact named `{name}`: {line}")));
        }
    }
    if Path::new(word).is_file() {
        let why = "it is a file here: quote patterns, or the shell expands them to file names";
        return Ok(Some(why.to_owned()));
    }
    Ok(None)
}

/// Names within a word, and what stands around each: `openssl` of `openssl/stable`, of
/// `debian/openssl` and of `openssl.`, the module of a Go package.
fn pieces(word: &str) -> Vec<(&str, &str)> {
    let slashes: Vec<usize> = word.match_indices('/').map(|(at, _)| at).collect();
    let in_front = slashes
        .iter()
        .rev()
        .map(|&at| (&word[..at], &word[at + 1..]));
    let behind = slashes
        .iter()
        .last()
        .map(|&at| (&word[at + 1..], &word[..at]));
    let bare = word.trim_matches(|one: char| !one.is_alphanumeric());
    let bare = (bare != word).then_some((bare, ""));
    let pieces = in_front.chain(behind).chain(bare);
    pieces.filter(|(name, _)| !name.is_empty()).collect()
}

/// `lodash@latest`: a name, and what a registry calls a version.
fn tagged(word: &str) -> Option<(&str, &str)> {
    let (name, tail) = word.rsplit_once('@')?;
    (!name.is_empty() && !tail.contains('/')).then_some((name, tail))
}

/// The term for a version that stood behind a name, with room for an epoch where only that fits.
async fn version_term(
    request: &FindRequest,
    literal: &Match,
    name: &str,
    version: &str,
    context: &Context<'_>,
) -> Result<String> {
    let fitting = |value: &str| Match {
        field: Field::Version,
        op: Op::Glob,
        value: value.to_owned(),
    };
    let (plain, any_epoch) = (format!("{version}*"), format!("{{,*:}}{version}*"));
    let found = async |value: &str| {
        let other = [is(Op::Eq, name), fitting(value)];
        finds(request, swapped(request, literal, &other), context).await
    };
    let needs_epoch = !found(&plain).await? && found(&any_epoch).await?;
    let pattern = if needs_epoch { any_epoch } else { plain };
    Ok(format!("version={pattern}"))
}

/// Refuses a name in one writing, where the question has its answer in another: a Debian package
/// and a Python one may differ by a letter's case.
async fn check_writing(
    request: &FindRequest,
    literal: &Match,
    context: &Context<'_>,
) -> Result<()> {
    let other = [written_otherwise(Field::Name, &literal.value)];
    let question = FindRequest {
        matches: swapped(request, literal, &other),
        any: request.any.clone(),
        ..FindRequest::default()
    };
    let found = groups(request, question, GroupBy::Name, 1, context).await?;
    let Some(other) = found.into_iter().next().map(|group| group.key) else {
        return Ok(());
    };
    let line = line::with(request, literal, &[&other]);
    let what = format!(
        "nothing named `{}` matches, but `{other}` does",
        literal.value
    );
    Err(CliError::not_found(what).hint(format!(
        "{line}; for exactly that name: `assetctl find {}`",
        shell::quote(&format!("name={}", literal.value))
    )))
}

/// Refuses a name and a version where something has both for its name: Homebrew's `openssl@3`.
async fn check_glued(request: &FindRequest, word: &str, context: &Context<'_>) -> Result<()> {
    let is_version = |one: &&Match| (one.field, one.op) == (Field::Version, Op::Eq);
    let Some(version) = request.matches.iter().find(is_version) else {
        return Ok(());
    };
    let name = format!("{word}@{}", version.value);
    if !ever(vec![is(Op::Eq, &name)], Vec::new(), context).await? {
        return Ok(());
    }
    let line = shell::quote(&format!("name={name}"));
    Err(
        CliError::not_found(format!("no `{word}` has the version `{}`", version.value)).hint(
            format!("there is an artifact named `{name}`: `assetctl find {line}`"),
        ),
    )
}

/// Refuses a pattern that fits nothing, where it does in small letters, or where it is a name and
/// something else.
pub(super) async fn check_pattern(
    request: &FindRequest,
    word: &str,
    context: &Context<'_>,
) -> Result<()> {
    for other in meant_by_pattern(word) {
        let found = finds(
            request,
            swapped(request, &is(Op::Glob, word), &other),
            context,
        )
        .await?;
        if found {
            let words: Vec<String> = other.iter().flat_map(line::written).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let line = line::with(request, &is(Op::Glob, word), &words);
            return Err(CliError::not_found(format!("no name matches `{word}`"))
                .hint(format!("did you mean {line}?")));
        }
    }
    Ok(())
}

/// What may be meant by a pattern of names: the same in small letters; `uvicorn` of
/// `uvicorn[standard]`; a name and a version of `openssl-3.0.*`.
fn meant_by_pattern(word: &str) -> Vec<Vec<Match>> {
    let mut meant = Vec::new();
    if word.to_lowercase() != word {
        meant.push(vec![is(Op::Glob, &word.to_lowercase())]);
    }
    if let Some((name, _)) = word.strip_suffix(']').and_then(|rest| rest.split_once('['))
        && !name.contains(GLOB_SIGNS)
    {
        meant.push(vec![written_otherwise(Field::Name, name)]);
        meant.push(vec![is(Op::Eq, name)]);
        // The name as it is, where there is one, before any writing of it.
        meant.reverse();
    }
    if word.contains(".*") {
        meant.push(vec![is(Op::Glob, &word.replace(".*", "*"))]);
    }
    if word.contains(['-', '_', '.']) && !word.contains('[') {
        let folded = word.to_lowercase().replace(['-', '_', '.'], "[-_.]");
        meant.push(vec![is(Op::Glob, &folded)]);
    }
    if let Some((name, version)) = parted(word)
        && !name.contains(GLOB_SIGNS)
    {
        let version = Match {
            field: Field::Version,
            op: Op::Glob,
            value: format!("{{,*:}}{version}"),
        };
        meant.push(vec![is(Op::Eq, name), version]);
    }
    meant
}

/// A name that is the same but for its case and its separators, and that something has.
pub(crate) async fn in_other_writing(
    request: &FindRequest,
    name: &str,
    context: &Context<'_>,
) -> Result<Option<String>> {
    let mut other = written_otherwise(Field::Name, name);
    // A scope may have lost its `@`.
    other.value = other.value.replacen('^', "^@?", 1);
    let question = FindRequest {
        matches: vec![other],
        ..FindRequest::default()
    };
    let found = groups(request, question, GroupBy::Name, 8, context).await?;
    let mut names = found.into_iter().map(|group| group.key);
    Ok(names.find(|other| other != name))
}

fn is(op: Op, word: &str) -> Match {
    Match {
        field: Field::Name,
        op,
        value: word.to_owned(),
    }
}
