//! What stands around every request: its ID, and what the log says of it.

use std::time::{Duration, Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, Method},
    middleware::Next,
    response::Response,
};
use proto_types::{ErrorCode, REQUEST_ID, RequestId};
use tracing::{Instrument, Span, field};

use super::{Refusal, id, lines::Line};
use crate::{app::App, audit::shown, store::secret::redacted};

/// Answers a request under an ID, which stands in the answer and in all that is logged meanwhile.
pub async fn known(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = id::of(request.headers(), app.clock.now());
    let span = span(&request, id.as_ref());
    let (method, route) = (method(&request), request.extensions().get().cloned());
    let begun = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = begun.elapsed();
    let refusal = response.extensions().get::<Refusal>();
    let route = route.as_ref().map_or("other", MatchedPath::as_str);
    app.metrics.answered(method, route, took);
    if let Some(refusal) = refusal {
        app.metrics.refused(refusal.code);
    }
    span.in_scope(|| log(&app, &response, took));
    let value = id.and_then(|id| HeaderValue::try_from(id.as_str()).ok());
    if let Some(value) = value {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// The method of a request as a metric names it: whoever asks may write anything there.
fn method(request: &Request) -> &'static str {
    match *request.method() {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

/// What the log calls a request. Neither its query nor its other headers are in it. It is there at
/// every level, so that whatever is logged names the request.
fn span(request: &Request, id: Option<&RequestId>) -> Span {
    let path = redacted(request.uri().path());
    let id = id.map(field::display);
    tracing::error_span!("request", id, method = %request.method(), %path)
}

/// A request that was refused is a line, but for those of unknown tokens and those over a token's rate:
/// whoever wanted to could fill the disk.
fn log(app: &App, response: &Response, took: Duration) {
    let (status, ms) = (response.status().as_u16(), took.as_millis() as u64);
    let Some(Refusal { code, message }) = response.extensions().get() else {
        tracing::debug!(status, ms, "answered");
        return;
    };
    let (code, reason) = (*code, shown(message));
    if matches!(code, ErrorCode::Unauthorized | ErrorCode::RateLimited) {
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
