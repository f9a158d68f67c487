//! Source packages in another case.

use proto_types::{Field, FindRequest, Match, Op};

use super::{asked::ever, line, writing::written_otherwise};
use crate::{
    ask::context::Context,
    error::{CliError, Result},
};

/// Refuses a source package that nothing was ever built from, where one has the same name in
/// another writing.
pub(super) async fn check(request: &FindRequest, one: &Match, context: &Context<'_>) -> Result<()> {
    if (one.field, one.op) != (Field::Source, Op::Eq)
        || one.value.is_empty()
        || ever(vec![one.clone()], Vec::new(), context).await?
    {
        return Ok(());
    }
    let question = FindRequest {
        matches: vec![written_otherwise(Field::Source, &one.value)],
        at: request.at,
        during: request.during,
        limit: Some(1),
        ..FindRequest::default()
    };
    let found = context.ask(&question).await?.results.unwrap_or_default();
    let Some(source) = found.into_iter().find_map(|result| result.source) else {
        return Ok(());
    };
    let line = line::with(request, one, &[&format!("source={source}")]);
    Err(
        CliError::not_found(format!("nothing is built from `{}`", one.value))
            .hint(format!("did you mean `{source}`? {line}")),
    )
}
