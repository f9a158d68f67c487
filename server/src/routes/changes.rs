//! `/api/v1/changes`: what changed, as a page or as a stream of events that goes on.

use std::{convert::Infallible, time::Duration};

use axum::{
    Json,
    extract::State,
    http::HeaderMap,
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::stream::{self, Stream};
use proto_types::{Change, ChangesResponse, ErrorBody, ListChanges};

use crate::{
    app::App,
    auth::Reader,
    error::{ApiError, ApiResult},
    extract::{Query, asks_for_stream},
    store::StoreError,
    streaming::Streaming,
};

/// How often a stream looks for what is new.
const PERIOD: Duration = Duration::from_secs(1);
/// So many changes are read at a time.
const CHUNK: u64 = 1_000;

/// Answers with a page, or streams to those who accept server-sent events.
pub async fn changes(
    Reader(pass): Reader,
    State(app): State<App>,
    headers: HeaderMap,
    Query(mut request): Query<ListChanges>,
) -> ApiResult<Response> {
    let now = app.clock.now();
    if !asks_for_stream::<ListChanges>(&headers) {
        if request.since.is_none() && request.cursor.is_none() {
            return Err(StoreError::invalid("`since` is missing: from when on?").into());
        }
        let response = app.store.changes(request, now).await?;
        return Ok(Json(response).into_response());
    }
    // A client that was cut off goes on behind the last event that it saw.
    if let Some(last) = headers.get("last-event-id").and_then(|id| id.to_str().ok()) {
        request.cursor = Some(last.to_owned());
    }
    request.since = request.since.or(Some(now));
    request.limit = Some(CHUNK);
    // A first look before the status is sent, so that a refusal is one.
    let first = page(&app, &request).await?;
    let streaming = Streaming::begin(app, pass)?;
    Ok(Sse::new(events(streaming, request, first))
        .keep_alive(KeepAlive::default())
        .into_response())
}

async fn page(app: &App, request: &ListChanges) -> ApiResult<ChangesResponse> {
    let page = app.store.changes(request.clone(), app.clock.now()).await?;
    Ok(page)
}

/// What comes next, while whoever follows may still read.
async fn next(streaming: &Streaming, request: &ListChanges) -> ApiResult<ChangesResponse> {
    let _seat = streaming.next().await?;
    page(&streaming.app, request).await
}

fn events(
    streaming: Streaming,
    request: ListChanges,
    first: ChangesResponse,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let pages = stream::unfold(Some((streaming, request, Some(first))), |state| async {
        let (streaming, mut request, ready) = state?;
        let page = match ready {
            Some(first) => Ok(first),
            None => next(&streaming, &request).await,
        };
        match page {
            Ok(page) => {
                request.cursor.clone_from(&page.next_cursor);
                if !page.truncated {
                    tokio::time::sleep(PERIOD).await;
                }
                Some((as_events(&page), Some((streaming, request, None))))
            }
            Err(error) => Some((vec![last_words(error)], None)),
        }
    });
    futures_util::StreamExt::flat_map(pages, stream::iter)
}

/// A page's changes; the last one carries where to go on from.
fn as_events(page: &ChangesResponse) -> Vec<Result<Event, Infallible>> {
    let last = page.changes.len().saturating_sub(1);
    let event = |(index, change): (usize, &Change)| {
        let event = Event::default().event(change.kind.as_str());
        let event = match &page.next_cursor {
            Some(cursor) if index == last => event.id(cursor),
            _ => event,
        };
        Ok(event.json_data(change).unwrap_or_default())
    };
    page.changes.iter().enumerate().map(event).collect()
}

/// An error in the middle of a stream is its last event.
fn last_words(error: ApiError) -> Result<Event, Infallible> {
    let error = error.0;
    let event = Event::default().event("error");
    Ok(event.json_data(ErrorBody { error }).unwrap_or_default())
}
