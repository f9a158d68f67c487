//! `/api/v1/affected`: what advisories mean for what runs, as a page or as a stream of lines.

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use proto_types::AffectedRequest;

use super::lines::{InPieces, stream_all};
use crate::{
    app::App,
    auth::Reader,
    blocking::elsewhere,
    error::ApiResult,
    extract::{Body, asks_for_stream},
    store::{
        Imported, Result, StoreError,
        query::{
            Lines, Rest,
            affected::{self, AffectedQuery, Shown},
        },
    },
    streaming::Streaming,
};

/// Answers with a page, or streams everything to those who accept NDJSON.
pub async fn affected(
    Reader(pass): Reader,
    State(app): State<App>,
    headers: HeaderMap,
    Body(request): Body<AffectedRequest>,
) -> ApiResult<Response> {
    affected::check(&request)?;
    let (request, imported) = about(&app, request).await?;
    let query = elsewhere(move || AffectedQuery::new(&request, imported)).await??;
    if asks_for_stream::<AffectedRequest>(&headers) {
        if query.shown != Shown::Rows {
            return Err(StoreError::invalid("only results can be streamed, not groups").into());
        }
        let streaming = Streaming::begin(app, pass)?.keeping(query.bytes)?;
        return stream_all::<AffectedRequest>(streaming, query).await;
    }
    let document = app.store.affected(query, app.clock.now()).await?;
    Ok(document.into_response())
}

/// What a request is about: the advisories that it brings, or what was imported of the ids that it names.
pub(super) async fn about(
    app: &App,
    request: AffectedRequest,
) -> Result<(AffectedRequest, Imported)> {
    match request.ids.as_slice() {
        [] => given(app, request).await,
        ids => {
            let imported = app.store.speaking_of(ids.to_vec()).await?;
            Ok((request, imported))
        }
    }
}

/// Reads the advisories that a request brings, and looks up what was imported of what they are about.
async fn given(app: &App, request: AffectedRequest) -> Result<(AffectedRequest, Imported)> {
    let read = move || {
        let given = affected::given(&request.advisories);
        let ids = given.ids();
        (request, given, ids)
    };
    let (request, mut given, ids) = elsewhere(read).await?;
    given.beside = app.store.beside(ids).await?;
    Ok((request, given))
}

impl InPieces for AffectedQuery {
    async fn piece(self, app: &App, rest: Option<Rest>) -> Result<Lines> {
        app.store.affected_lines(self, rest, app.clock.now()).await
    }
}
