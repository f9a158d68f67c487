//! Words that were taken for names, and look like something else.

use std::path::Path;

use model::{condition::GLOB_SIGNS, reference};
use proto_types::{Field, FindRequest, GroupBy, Match, Op};

use super::{
    asked::{ever, finds, groups},
    line,
    writing::written_otherwise,
};
use crate::{
    ask::context::Context,
    error::{CliError, Result},
    words::shell,
};

/// What package managers write behind a version.
const BEHIND: [&str; 9] = [
    ".rpm", ".deb", ".apk", ".x86_64", ".aarch64", ".noarch", ".src", "_amd64", "_all",
];

/// Refuses a word that no artifact was ever called by, where another is meant for all one can tell.
pub(super) async fn check(request: &FindRequest, word: &str, context: &Context<'_>) -> Result<()> {
    if word.contains(GLOB_SIGNS) {
        return check_pattern(request, word, context).await;
    }
    check_glued(request, word, context).await?;
    let literal = is(Op::Eq, word);
    if ever(vec![literal.clone()], Vec::new(), context).await? {
        return Ok(());
    }
    let error = CliError::not_found(format!("nothing is called `{word}`"));
    let spelled = shell::quote(&format!("name={word}"));
    let or_literal =
        |line: String| format!("{line}; for just that name: `assetctl find {spelled}`");
    if let Some(other) = in_other_writing(request, word, context).await? {
        let line = line::with(request, &literal, &[&other]);
        return Err(error.hint(or_literal(format!("did you mean `{other}`? {line}"))));
    }
    if let Some((name, version)) = glued(word) {
        let version = format!("version={version}*");
        let line = line::with(request, &literal, &[name, &version]);
        return Err(error.hint(or_literal(format!(
            "a version is a term of its own: {line}"
        ))));
    }
    if Path::new(word).is_file() {
        return Err(error.hint(or_literal(
            "it is a file here: quote a pattern, or the shell fills in names of files".to_owned(),
        )));
    }
    let image = Match {
        field: Field::ImageName,
        op: Op::Glob,
        value: reference::glob(word),
    };
    if word.contains('/') && finds(request, vec![image], context).await? {
        let line = line::with(request, &literal, &[&format!("image={word}")]);
        return Err(error.hint(or_literal(format!("for the image of that name: {line}"))));
    }
    Ok(())
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
            format!("something is called `{name}`: `assetctl find {line}`"),
        ),
    )
}

/// Refuses a pattern that fits nothing, where it does in small letters.
async fn check_pattern(request: &FindRequest, word: &str, context: &Context<'_>) -> Result<()> {
    let small = word.to_lowercase();
    if small == word || !finds(request, vec![is(Op::Glob, &small)], context).await? {
        return Ok(());
    }
    let line = line::with(request, &is(Op::Glob, word), &[&small]);
    Err(CliError::not_found(format!("no name fits `{word}`")).hint(format!("did you mean {line}?")))
}

/// A name that is the same but for its case and its separators, and that something has.
pub(crate) async fn in_other_writing(
    request: &FindRequest,
    name: &str,
    context: &Context<'_>,
) -> Result<Option<String>> {
    let question = FindRequest {
        matches: vec![written_otherwise(Field::Name, name)],
        ..FindRequest::default()
    };
    let found = groups(request, question, GroupBy::Name, 8, context).await?;
    let mut names = found.into_iter().map(|group| group.key);
    Ok(names.find(|other| other != name))
}

/// `openssl-3.0.13` and `openssl_3.0.13-1_amd64.deb`: a name and a version.
pub(super) fn glued(word: &str) -> Option<(&str, &str)> {
    let begins = |(at, _): &(usize, &str)| {
        let rest = &word[at + 1..];
        let digits = rest.trim_start_matches(|one: char| one.is_ascii_digit());
        *at > 0 && digits.len() < rest.len() && digits.starts_with(['.', ':'])
    };
    let (at, _) = word.match_indices(['-', '_']).find(begins)?;
    let mut version = &word[at + 1..];
    while let Some(rest) = BEHIND.iter().find_map(|end| version.strip_suffix(end)) {
        version = rest;
    }
    Some((&word[..at], version))
}

fn is(op: Op, word: &str) -> Match {
    Match {
        field: Field::Name,
        op,
        value: word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::glued;

    #[test]
    fn a_version_behind_a_name_is_told_from_a_number_in_it() {
        for (word, name, version) in [
            ("openssl-3.0.13", "openssl", "3.0.13"),
            (
                "openssl-libs-1:3.0.7-24.el9.x86_64",
                "openssl-libs",
                "1:3.0.7-24.el9",
            ),
            ("openssl_3.0.13-1_amd64.deb", "openssl", "3.0.13-1"),
            ("musl-1.2.5-r0.apk", "musl", "1.2.5-r0"),
        ] {
            assert_eq!(glued(word), Some((name, version)), "{word}");
        }
        for name in [
            "postgresql-16",
            "gcc-12-base",
            "openssl",
            "libssl1.1",
            "x-",
            "-1.0",
        ] {
            assert_eq!(glued(name), None, "{name}");
        }
    }
}
