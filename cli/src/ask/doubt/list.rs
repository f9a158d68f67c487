//! Lists of names of which nothing runs: the same looks, as far as a list is short enough.

use model::{bounds, condition::GLOB_SIGNS};
use proto_types::{Field, FindRequest, GroupBy, Match, Op};

use super::{
    asked::{ever, groups},
    name::glued,
    writing::written_otherwise,
};
use crate::{
    ask::context::Context,
    error::{CliError, Result},
};

/// Refuses a list of which nothing runs, where a line of it is written wrong for all one can tell.
pub(super) async fn check(request: &FindRequest, context: &Context<'_>) -> Result<()> {
    let is_name = |one: &&Match| (one.field, one.op) == (Field::Name, Op::Eq);
    let names: Vec<&Match> = request.any.iter().filter(is_name).collect();
    let versioned: Vec<Match> = names
        .iter()
        .filter(|one| glued(&one.value).is_some() && !one.value.contains(GLOB_SIGNS))
        .map(|&one| one.clone())
        .collect();
    if let Some(first) = versioned.first().cloned()
        && !ever(Vec::new(), versioned, context).await?
    {
        return Err(
            CliError::not_found(format!("nothing is called `{}`", first.value)).hint(
                "a list takes names and purls; a version goes into a purl: `pkg:TYPE/NAME@VERSION`",
            ),
        );
    }
    in_other_writing(request, &names, context).await
}

async fn in_other_writing(
    request: &FindRequest,
    names: &[&Match],
    context: &Context<'_>,
) -> Result<()> {
    if names.is_empty() || names.len() > bounds::PATTERNS {
        return Ok(());
    }
    let question = FindRequest {
        any: names
            .iter()
            .map(|one| written_otherwise(Field::Name, &one.value))
            .collect(),
        ..FindRequest::default()
    };
    let found = groups(request, question, GroupBy::Name, 100, context).await?;
    let is_listed = |name: &str| names.iter().any(|one| one.value == name);
    match found.into_iter().find(|group| !is_listed(&group.key)) {
        None => Ok(()),
        Some(other) => Err(CliError::not_found(
            "nothing is called as the list says, but something is in another writing",
        )
        .hint(format!("did you mean `{}`?", other.key))),
    }
}
