//! `/api/v1/find`: where artifacts run, as a page or as a stream of lines.

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use proto_types::{FindRequest, Match, Op};

use super::lines::{InPieces, stream_all};
use crate::{
    app::App,
    auth::Reader,
    blocking::elsewhere,
    error::ApiResult,
    extract::{Body, asks_for_stream},
    store::{
        Result, StoreError,
        query::{FindQuery, Lines, Rest},
    },
    streaming::Streaming,
};

/// Conditions of a list that are checked at once.
const FEW: usize = 100;

/// Answers with a page, or streams everything to those who accept NDJSON.
pub async fn find(
    Reader(pass): Reader,
    State(app): State<App>,
    headers: HeaderMap,
    Body(request): Body<FindRequest>,
) -> ApiResult<Response> {
    let query = checked(request).await?;
    if !asks_for_stream::<FindRequest>(&headers) {
        let document = app.store.find(query, app.clock.now()).await?;
        return Ok(document.into_response());
    }
    if query.group_by.is_some() || query.cover {
        return Err(StoreError::invalid("only results can be streamed, not groups").into());
    }
    stream_all::<FindRequest>(Streaming::begin(app, pass)?, query).await
}

/// Checks a request, where it may take its time: patterns are compiled, and long lists sorted.
async fn checked(request: FindRequest) -> ApiResult<FindQuery> {
    let is_pattern = |one: &Match| matches!(one.op, Op::Glob | Op::Regex);
    let mut all = request.matches.iter().chain(&request.any);
    if request.any.len() <= FEW && !all.any(is_pattern) {
        return Ok(FindQuery::new(request)?);
    }
    Ok(elsewhere(|| FindQuery::new(request)).await??)
}

impl InPieces for FindQuery {
    async fn piece(mut self, app: &App, rest: Option<Rest>) -> Result<Lines> {
        self.limit = usize::MAX;
        app.store.find_lines(self, rest, app.clock.now()).await
    }
}
