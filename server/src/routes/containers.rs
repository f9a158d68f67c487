//! `/api/v1/containers`: what runs where.

use axum::extract::State;
use proto_types::ListContainers;

use crate::{app::App, auth::Reader, error::ApiResult, extract::Query, reply::Reply};

/// Lists containers.
pub async fn list(
    _: Reader,
    State(app): State<App>,
    Query(request): Query<ListContainers>,
) -> ApiResult<Reply<ListContainers>> {
    let response = app.store.containers(request, app.clock.now()).await?;
    Ok(Reply(response))
}
