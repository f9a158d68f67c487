//! Terms each of which would pass, were it not for another: a name in another case with a version
//! that lacks its suffix.

use proto_types::{Field, FindRequest, Match, Op};

use super::{asked::results, line, version::longer, writing::written_otherwise};
use crate::{
    ask::context::Context,
    error::{CliError, Result},
};

/// Refuses a question that finds something once all of its terms are taken less literally.
pub(super) async fn check(
    request: &FindRequest,
    terms: &[Match],
    context: &Context<'_>,
) -> Result<()> {
    let freed = terms.iter().filter(|one| freed(one).is_some()).count();
    if freed < 2 {
        return Ok(());
    }
    let loosely = |one: &Match| match terms.contains(one) {
        true => self::freed(one).unwrap_or_else(|| one.clone()),
        false => one.clone(),
    };
    let question = FindRequest {
        matches: request.matches.iter().map(loosely).collect(),
        any: request.any.clone(),
        ..FindRequest::default()
    };
    let found = results(request, question, 1, context).await?;
    let Some(found) = found.into_iter().next() else {
        return Ok(());
    };
    let line = line::of(request, |one| {
        let value = match one.field {
            Field::Name => Some(found.name.clone()),
            Field::Source => found.source.clone(),
            Field::Version => Some(found.version.clone()),
            Field::SourceVersion => found.source_version.clone(),
            _ => None,
        }?;
        freed_at(terms, one).then(|| vec![format!("{}={value}", one.field)])
    });
    Err(CliError::not_found(format!(
        "no exact match, but `{} {}` runs",
        found.name, found.version
    ))
    .hint(format!("did you mean {line}?")))
}

fn freed_at(terms: &[Match], one: &Match) -> bool {
    terms.contains(one) && freed(one).is_some()
}

/// What fits a term taken less literally.
fn freed(one: &Match) -> Option<Match> {
    match (one.field, one.op) {
        (Field::Name | Field::Source, Op::Eq) if !one.value.is_empty() => {
            Some(written_otherwise(one.field, &one.value))
        }
        (Field::Version | Field::SourceVersion, Op::Eq | Op::Glob) if !one.value.is_empty() => {
            Some(longer(one))
        }
        _ => None,
    }
}
