//! Questions beside the one that found nothing.

use proto_types::{FindRequest, FindResponse, FindResult, Group, GroupBy, Match};

use crate::{ask::context::Context, error::Result};

/// Whether anything fits these matches at the time that a request is about.
pub(super) async fn finds(
    request: &FindRequest,
    matches: Vec<Match>,
    context: &Context<'_>,
) -> Result<bool> {
    let question = FindRequest {
        matches,
        limit: Some(1),
        ..at_its_time(request)
    };
    Ok(context.ask(&question).await?.total > 0)
}

/// Whether anything ever fitted these matches, whatever time a request is about.
pub(super) async fn ever(
    matches: Vec<Match>,
    any: Vec<Match>,
    context: &Context<'_>,
) -> Result<bool> {
    let question = FindRequest {
        matches,
        any,
        limit: Some(1),
        ..FindRequest::default()
    };
    let FindResponse { total, summary, .. } = context.ask(&question).await?;
    Ok(total > 0 || summary.first_seen.is_some())
}

/// What fits, counted by something, at the time that a request is about; so many at most.
pub(super) async fn groups(
    request: &FindRequest,
    question: FindRequest,
    by: GroupBy,
    most: u64,
    context: &Context<'_>,
) -> Result<Vec<Group>> {
    let FindRequest { at, during, .. } = at_its_time(request);
    let question = FindRequest {
        at,
        during,
        group_by: Some(by),
        limit: Some(most),
        ..question
    };
    Ok(context.ask(&question).await?.groups.unwrap_or_default())
}

/// What fits, at the time that a request is about; so many at most.
pub(super) async fn results(
    request: &FindRequest,
    question: FindRequest,
    most: u64,
    context: &Context<'_>,
) -> Result<Vec<FindResult>> {
    let FindRequest { at, during, .. } = at_its_time(request);
    let question = FindRequest {
        at,
        during,
        limit: Some(most),
        ..question
    };
    Ok(context.ask(&question).await?.results.unwrap_or_default())
}

fn at_its_time(request: &FindRequest) -> FindRequest {
    FindRequest {
        at: request.at,
        during: request.during,
        ..FindRequest::default()
    }
}
