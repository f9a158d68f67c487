//! What the server's log calls a request: read from an answer, and said behind what it refused.

use proto_types::{REQUEST_ID, RequestId};
use reqwest::header::HeaderMap;

/// What the request of an answer with these headers is called, where the server says so.
pub(crate) fn id(answer: &HeaderMap) -> Option<RequestId> {
    answer
        .get(REQUEST_ID)?
        .to_str()
        .ok()
        .and_then(RequestId::new)
}

/// What is said behind the server's words, so that its operator finds the line of the log.
pub(crate) fn behind(request: Option<&RequestId>) -> String {
    request.map_or_else(String::new, |id| format!(" (request {id})"))
}
