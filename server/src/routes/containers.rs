//! `/api/v1/containers`: what runs where.

use axum::{Json, extract::State};
use proto_types::{ContainersResponse, ListContainers};

use crate::{App, auth::Reader, error::ApiResult, extract::Query};

/// Lists containers.
pub async fn list(
    _: Reader,
    State(app): State<App>,
    Query(request): Query<ListContainers>,
) -> ApiResult<Json<ContainersResponse>> {
    let response = app.store.containers(request, app.clock.now()).await?;
    Ok(Json(response))
}
