//! `/api/v1/affected/exposure`: since when and until when hosts were exposed, as a page or as a stream of lines.

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use proto_types::ExposureRequest;

use super::{
    affected::about,
    lines::{InPieces, stream_all},
};
use crate::{
    app::App,
    auth::Reader,
    blocking::elsewhere,
    error::ApiResult,
    extract::{Body, asks_for_stream},
    store::{
        Result,
        query::{
            Lines, Rest, affected,
            exposure::{ExposureQuery, parts},
        },
    },
    streaming::Streaming,
};

/// Answers with a page, or streams everything to those who accept NDJSON.
pub async fn exposure(
    Reader(pass): Reader,
    State(app): State<App>,
    headers: HeaderMap,
    Body(request): Body<ExposureRequest>,
) -> ApiResult<Response> {
    let (request, within) = parts(request);
    affected::check(&request)?;
    let (request, imported) = about(&app, request).await?;
    let query = elsewhere(move || ExposureQuery::new(&request, within, imported)).await??;
    if asks_for_stream::<ExposureRequest>(&headers) {
        let streaming = Streaming::begin(app, pass)?.keeping(query.affected.bytes)?;
        return stream_all::<ExposureRequest>(streaming, query).await;
    }
    let document = app.store.exposure(query, app.clock.now()).await?;
    Ok(document.into_response())
}

impl InPieces for ExposureQuery {
    async fn piece(self, app: &App, rest: Option<Rest>) -> Result<Lines> {
        app.store.exposure_lines(self, rest, app.clock.now()).await
    }
}
