//! `/api/v1/diff`: what two sides hold differently.

use axum::extract::State;
use model::side::Side;
use proto_types::GetDiff;

use crate::{app::App, auth::Reader, error::ApiResult, extract::Query, reply::Reply};

/// Compares two images, two hosts, or a host at two times.
pub async fn diff(
    _: Reader,
    State(app): State<App>,
    Query(request): Query<GetDiff>,
) -> ApiResult<Reply<GetDiff>> {
    let from: Side = request.from.parse()?;
    let to: Side = request.to.parse()?;
    let response = app.store.diff(from, to, app.clock.now()).await?;
    Ok(Reply(response))
}
