//! Versions that lack what their distribution puts around them: `3.0.9` of `1:3.0.9-1~deb12u1`.

use proto_types::{Field, FindRequest, GroupBy, Match, Op};

use super::{asked::groups, line};
use crate::{
    ask::context::Context,
    error::{CliError, Result},
};

/// So many versions are named.
const NAMED: u64 = 3;

/// Refuses a version that nothing has, where something runs whose version goes on behind it.
pub(super) async fn check(request: &FindRequest, one: &Match, context: &Context<'_>) -> Result<()> {
    let is_version = matches!(one.field, Field::Version | Field::SourceVersion);
    if !is_version || one.op != Op::Eq || one.value.is_empty() {
        return Ok(());
    }
    let longer = Match {
        op: Op::Glob,
        value: format!("{{,*:}}{}{{,[-+~]*}}", one.value),
        ..one.clone()
    };
    let swapped = |each: &Match| {
        if each == one {
            longer.clone()
        } else {
            each.clone()
        }
    };
    let question = FindRequest {
        matches: request.matches.iter().map(swapped).collect(),
        any: request.any.clone(),
        ..FindRequest::default()
    };
    let found = groups(request, question, GroupBy::Version, NAMED, context).await?;
    if found.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = found
        .iter()
        .map(|group| format!("`{}`", group.key))
        .collect();
    let pattern = format!("{}={}*", one.field, one.value);
    // An epoch in front of it.
    let pattern = match found
        .iter()
        .all(|group| group.key.contains(&format!(":{}", one.value)))
    {
        true => format!("{}=*:{}*", one.field, one.value),
        false => pattern,
    };
    let line = line::with(request, one, &[&pattern]);
    Err(CliError::not_found(format!(
        "nothing has exactly the version `{}`, but {} runs",
        one.value,
        named.join(", ")
    ))
    .hint(format!(
        "{line}; for just that version: `--match {} eq {}`",
        one.field, one.value
    )))
}
