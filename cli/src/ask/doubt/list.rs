//! Lists of names and package URLs of which nothing runs: the same looks as at one.

use model::{condition::GLOB_SIGNS, purl::Purl};
use proto_types::{Field, FindRequest, GroupBy, Match, Op};

use super::{
    asked::{ever, groups, results},
    name::check_pattern,
    purl,
    writing::any_written_otherwise,
};
use crate::{
    ask::context::Context,
    error::{CliError, Result},
    words::package_file::parted,
};

/// Bytes of the pattern that asks for some names.
const BYTES: usize = 2000;

/// Refuses a list of which nothing runs, where a line of it is written wrong for all one can tell.
pub(super) async fn check(request: &FindRequest, context: &Context<'_>) -> Result<()> {
    let of = |field: Field| {
        let fits = move |one: &&Match| (one.field, one.op) == (field, Op::Eq);
        request.any.iter().filter(fits)
    };
    let names: Vec<&Match> = of(Field::Name).collect();
    let versioned: Vec<Match> = names
        .iter()
        .filter(|one| parted(&one.value).is_some() && !one.value.contains(GLOB_SIGNS))
        .map(|&one| one.clone())
        .collect();
    if let Some(first) = versioned.first().cloned()
        && !ever(Vec::new(), versioned, context).await?
    {
        return Err(
            CliError::not_found(format!("nothing is named `{}`", first.value)).hint(
                "a list takes names and purls; for a version, write a purl: `pkg:TYPE/NAME@VERSION`",
            ),
        );
    }
    let names = names.iter().map(|one| one.value.as_str());
    let names: Vec<&str> = names.filter(|name| bytes_of(name) <= BYTES).collect();
    for some in chunks(&names) {
        in_other_writing(request, Field::Name, some, &names, context).await?;
    }
    let sources: Vec<&str> = of(Field::Source).map(|one| one.value.as_str()).collect();
    for some in chunks(&sources) {
        in_other_writing(request, Field::Source, some, &sources, context).await?;
    }
    for one in request
        .any
        .iter()
        .filter(|one| (one.field, one.op) == (Field::Name, Op::Glob))
    {
        let mut matches = request.matches.clone();
        matches.push(one.clone());
        let alone = FindRequest {
            matches,
            any: Vec::new(),
            ..request.clone()
        };
        check_pattern(&alone, &one.value, context).await?;
    }
    let purls =
        of(Field::Purl).filter_map(|one| Some((one.value.as_str(), Purl::parse(&one.value)?)));
    let purls: Vec<(&str, Purl)> = purls.collect();
    purl::check_listed(request, &purls, context).await
}

/// Pieces of a list, each short enough for one pattern.
fn chunks<'l, 'n>(names: &'l [&'n str]) -> Vec<&'l [&'n str]> {
    let (mut chunks, mut from, mut bytes) = (Vec::new(), 0, 0);
    for (at, name) in names.iter().enumerate() {
        let of_name = bytes_of(name);
        if at > from && bytes + of_name > BYTES {
            chunks.push(&names[from..at]);
            (from, bytes) = (at, 0);
        }
        bytes += of_name;
    }
    if from < names.len() {
        chunks.push(&names[from..]);
    }
    chunks
}

/// How much of a pattern a name takes: a sign in it is spelled out.
fn bytes_of(name: &str) -> usize {
    let of_char = |one: char| {
        if one.is_alphanumeric() {
            one.len_utf8()
        } else {
            8
        }
    };
    name.chars().map(of_char).sum::<usize>() + 1
}

async fn in_other_writing(
    request: &FindRequest,
    field: Field,
    some: &[&str],
    names: &[&str],
    context: &Context<'_>,
) -> Result<()> {
    let mut matches = request.matches.clone();
    matches.push(any_written_otherwise(field, some));
    let question = FindRequest {
        matches,
        ..FindRequest::default()
    };
    let other = match field {
        Field::Name => {
            let found = groups(request, question, GroupBy::Name, 100, context).await?;
            let mut found = found.into_iter().map(|group| group.key);
            found.find(|name| !names.contains(&name.as_str()))
        }
        _ => {
            let found = results(request, question, 1, context).await?;
            found.into_iter().find_map(|result| result.source)
        }
    };
    match other {
        None => Ok(()),
        Some(other) => Err(CliError::not_found(
            "nothing has a listed name exactly, but something has it in another spelling",
        )
        .hint(format!("did you mean `{other}`?"))),
    }
}
