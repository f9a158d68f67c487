//! `/api/v1/status`: how the server and the fleet stand.

use axum::{Json, extract::State};
use proto_types::StatusResponse;

use crate::{App, auth::Reader, error::ApiResult};

/// Says how the server and the fleet stand.
pub async fn status(_: Reader, State(app): State<App>) -> ApiResult<Json<StatusResponse>> {
    Ok(Json(app.store.status(app.clock.now()).await?))
}
