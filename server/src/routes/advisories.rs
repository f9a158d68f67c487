//! `/api/v1/advisories…`: the advisories of the feeds, one by one.

use axum::extract::State;
use proto_types::{GetAdvisory, ListAdvisories, ListAffecting};

use crate::{
    app::App,
    auth::Reader,
    error::ApiResult,
    extract::{Query, Segment},
    reply::Reply,
};

/// Lists them.
pub async fn list(
    _: Reader,
    State(app): State<App>,
    Query(request): Query<ListAdvisories>,
) -> ApiResult<Reply<ListAdvisories>> {
    Ok(Reply(app.store.advisories(request).await?))
}

/// Lists those that affect what runs.
pub async fn affecting(
    _: Reader,
    State(app): State<App>,
    Query(request): Query<ListAffecting>,
) -> ApiResult<Reply<ListAffecting>> {
    let response = app.store.affecting(request, app.clock.now()).await?;
    Ok(Reply(response))
}

/// Shows those that speak of a vulnerability.
pub async fn get(
    _: Reader,
    State(app): State<App>,
    Segment(id): Segment<String>,
) -> ApiResult<Reply<GetAdvisory>> {
    Ok(Reply(app.store.advisory(id).await?))
}
