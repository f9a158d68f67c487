//! What stands around every request: its ID, and what the log says of it.

use std::time::{Duration, Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, Method},
    middleware::Next,
    response::Response,
};
use proto_types::{ErrorCode, REQUEST_ID, RequestId, SERVER_VERSION};
use tracing::{Instrument, Span, field};

use super::{Refusal, id, lines::Line};
use crate::{app::App, audit::shown};

/// What every answer says of the server, so that its clients know one that is older than they are.
const VERSION: HeaderValue = HeaderValue::from_static(env!("CARGO_PKG_VERSION"));

/// Answers a request under an ID, which stands in the answer and in all that is logged meanwhile.
pub async fn known(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = id::of(request.headers(), app.clock.now());
    let (method, route) = (method(&request), request.extensions().get().cloned());
    let span = span(&request, method, id.as_ref());
    let begun = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = begun.elapsed();
    let refusal = response.extensions().get::<Refusal>();
    let named = route.as_ref().map_or("other", MatchedPath::as_str);
    app.metrics.answered(method, named, took);
    if let Some(refusal) = refusal {
        app.metrics.refused(refusal.code);
    }
    span.in_scope(|| log(&app, &response, route.is_some(), took));
    let value = id.and_then(|id| HeaderValue::try_from(id.as_str()).ok());
    let headers = response.headers_mut();
    headers.insert(SERVER_VERSION, VERSION);
    if let Some(value) = value {
        headers.insert(REQUEST_ID, value);
    }
    response
}

/// The method of a request as a metric and the log name it: whoever asks may write anything there.
fn method(request: &Request) -> &'static str {
    match *request.method() {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

/// What the log calls a request. Neither its query nor its other headers are in it, and no more of its path
/// than of a name. It is there at every level, so that whatever is logged names the request.
fn span(request: &Request, method: &'static str, id: Option<&RequestId>) -> Span {
    let path = shown(request.uri().path());
    let id = id.map(field::display);
    tracing::error_span!("request", id, method, path)
}

/// A request that was refused is a line, but for those of unknown tokens, those over a token's rate and those of
/// no route: whoever wanted to could fill the disk, and leave no lines for the others.
fn log(app: &App, response: &Response, has_route: bool, took: Duration) {
    let (status, ms) = (response.status().as_u16(), took.as_millis() as u64);
    let Some(Refusal { code, message }) = response.extensions().get() else {
        tracing::debug!(status, ms, "answered");
        return;
    };
    let (code, reason) = (*code, shown(message));
    if !has_route || matches!(code, ErrorCode::Unauthorized | ErrorCode::RateLimited) {
        tracing::debug!(status, ms, reason, "refused");
        return;
    }
    let Line::Written { left_out } = app.lines.next(Instant::now()) else {
        return;
    };
    if left_out > 0 {
        tracing::warn!(left_out, "requests were refused without a line of the log");
    }
    match code {
        ErrorCode::Internal => tracing::error!(status, ms, reason, "failed"),
        ErrorCode::Unavailable | ErrorCode::StorageFull => {
            tracing::warn!(status, ms, reason, "failed");
        }
        _ => tracing::info!(status, ms, reason, "refused"),
    }
}
