//! `/metrics`: what Prometheus reads.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use proto_types::ErrorCode;

use crate::{
    app::App,
    auth::Reader,
    error::{ApiError, ApiResult},
    metrics,
    tls::Tls,
};

/// Says how the server and the fleet stand, and what was counted since the start.
pub async fn metrics(_: Reader, State(app): State<App>) -> ApiResult<Response> {
    let mut status = app.store.status(app.clock.now()).await?;
    status.tls = app.tls.as_ref().map(Tls::status);
    let text = metrics::text(&app.metrics, &status, &app.store.work()).map_err(|error| {
        tracing::error!(%error, "the metrics can't be written");
        ApiError::new(ErrorCode::Internal, "the metrics can't be written")
    })?;
    Ok(([(header::CONTENT_TYPE, metrics::MEDIA_TYPE)], text).into_response())
}
