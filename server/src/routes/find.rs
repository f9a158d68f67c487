//! `/api/v1/find`: where artifacts run, as a page or as a stream of lines.

use axum::{
    body::{Body as Stream, Bytes},
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use proto_types::{ErrorBody, FindRequest, Match, Op};

use crate::{
    app::App,
    auth::Reader,
    blocking::elsewhere,
    error::{ApiError, ApiResult},
    extract::{Body, asks_for_stream, stream_type},
    store::{
        StoreError,
        query::{Document, FindQuery, Lines, Rest},
    },
    streaming::Streaming,
};

/// Conditions of a list that are checked at once.
const FEW: usize = 100;
/// How a document calls itself.
const JSON: &str = "application/json";

/// Answers with a page, or streams everything to those who accept NDJSON.
pub async fn find(
    Reader(pass): Reader,
    State(app): State<App>,
    headers: HeaderMap,
    Body(request): Body<FindRequest>,
) -> ApiResult<Response> {
    let query = checked(request).await?;
    if !asks_for_stream::<FindRequest>(&headers) {
        let Document(document) = app.store.find(query, app.clock.now()).await?;
        return Ok(([(header::CONTENT_TYPE, JSON)], document).into_response());
    }
    if query.group_by.is_some() || query.cover {
        return Err(StoreError::invalid("only results can be streamed, not groups").into());
    }
    stream_all(Streaming::begin(app, pass)?, query).await
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

/// What a stream goes on with.
enum Next {
    /// A piece that is read.
    Ready(Lines),
    /// What is to be read.
    Rest(Rest),
}

/// No state of the database is held between two pieces, so that a reader who is slow keeps nothing
/// from being tidied up.
async fn stream_all(streaming: Streaming, mut query: FindQuery) -> ApiResult<Response> {
    query.limit = usize::MAX;
    // The first piece is read before the status is sent, so that a refusal is one.
    let App { clock, store, .. } = &streaming.app;
    let first = store.find_lines(query.clone(), None, clock.now()).await?;
    let first = Next::Ready(first);
    let pieces = stream::unfold(Some((streaming, query, first)), |state| async {
        let (streaming, query, next) = state?;
        let piece = match next {
            Next::Ready(piece) => Ok(piece),
            Next::Rest(rest) => more(&streaming, query.clone(), rest).await,
        };
        Some(match piece {
            Ok(Lines { text, rest }) => {
                let next = rest.map(|rest| (streaming, query, Next::Rest(rest)));
                (Ok(Bytes::from(text)), next)
            }
            Err(error) => (last_words(error), None),
        })
    });
    let body = Stream::from_stream(pieces);
    let media_type = stream_type::<FindRequest>();
    Ok(([(header::CONTENT_TYPE, media_type)], body).into_response())
}

/// The next piece, while whoever reads may still do so.
async fn more(streaming: &Streaming, query: FindQuery, rest: Rest) -> ApiResult<Lines> {
    let _seat = streaming.next().await?;
    let App { clock, store, .. } = &streaming.app;
    Ok(store.find_lines(query, Some(rest), clock.now()).await?)
}

/// An error in the middle of a stream is its last line: no cut is silent.
fn last_words(error: ApiError) -> serde_json::Result<Bytes> {
    let error = error.0;
    let mut line = serde_json::to_vec(&ErrorBody { error })?;
    line.push(b'\n');
    Ok(line.into())
}
