//! `/api/v1/find`: where artifacts run, as a page or as a stream of lines.

use axum::{
    Json,
    body::{Body as Stream, Bytes},
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use proto_types::{ErrorBody, FindRequest};

use crate::{
    app::App,
    auth::Reader,
    error::{ApiError, ApiResult},
    extract::{Body, accepts},
    store::{
        StoreError,
        query::{FindQuery, Lines},
    },
};

/// How NDJSON calls itself.
const NDJSON: &str = "application/x-ndjson";
/// So many results of a stream are read at a time. No state of the store is held between two of
/// them, so that a reader who is slow keeps nothing from being tidied up.
const CHUNK: usize = 5_000;

/// Answers with a page, or streams everything to those who accept NDJSON.
pub async fn find(
    _: Reader,
    State(app): State<App>,
    headers: HeaderMap,
    Body(request): Body<FindRequest>,
) -> ApiResult<Response> {
    let query = FindQuery::new(request)?;
    if !accepts(&headers, NDJSON) {
        let response = app.store.find(query, app.clock.now()).await?;
        return Ok(Json(response).into_response());
    }
    if query.group_by.is_some() || query.cover {
        return Err(StoreError::invalid("only results can be streamed, not groups").into());
    }
    stream_all(app, query).await
}

async fn stream_all(app: App, mut query: FindQuery) -> ApiResult<Response> {
    query.limit = CHUNK;
    // The first page is read before the status is sent, so that a refusal is one.
    let first = app.store.find_lines(query.clone(), app.clock.now()).await?;
    let pages = stream::unfold(Some((app, query, Some(first))), |state| async {
        let (app, query, ready) = state?;
        let page = match ready {
            Some(page) => Ok(page),
            None => app.store.find_lines(query.clone(), app.clock.now()).await,
        };
        Some(match page {
            Ok(Lines { text, next }) => {
                let rest = next.map(|cursor| {
                    let query = FindQuery {
                        cursor: Some(cursor),
                        ..query
                    };
                    (app, query, None)
                });
                (Ok(Bytes::from(text)), rest)
            }
            Err(error) => (last_words(error), None),
        })
    });
    let body = Stream::from_stream(pages);
    Ok(([(header::CONTENT_TYPE, NDJSON)], body).into_response())
}

/// An error in the middle of a stream is its last line: no cut is silent.
fn last_words(error: StoreError) -> serde_json::Result<Bytes> {
    let ApiError(error) = error.into();
    let mut line = serde_json::to_vec(&ErrorBody { error })?;
    line.push(b'\n');
    Ok(line.into())
}
