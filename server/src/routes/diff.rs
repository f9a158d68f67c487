//! `/api/v1/diff`: what two sides hold differently.

use axum::{Json, extract::State};
use proto_types::{DiffResponse, GetDiff};

use crate::{App, auth::Reader, error::ApiResult, extract::Query, store::query::Side};

/// Compares two images, two hosts, or a host at two times.
pub async fn diff(
    _: Reader,
    State(app): State<App>,
    Query(request): Query<GetDiff>,
) -> ApiResult<Json<DiffResponse>> {
    let from: Side = request.from.parse()?;
    let to: Side = request.to.parse()?;
    let response = app
        .store
        .diff((request.from, from), (request.to, to), app.clock.now())
        .await?;
    Ok(Json(response))
}
