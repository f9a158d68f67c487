//! What an answer stands for, as comment lines that travel with its rows.

use model::shown::{escaped, escaped_json};
use proto_types::{FindRequest, FindResponse};

use super::{coverage, number::grouped, summary, time::Times};
use crate::error::Result;

/// The question in words and as it was asked, its time, the server, how much was found, and what
/// that covers; one line each.
pub(crate) fn lines(
    request: &FindRequest,
    response: &FindResponse,
    server: &str,
    times: &Times,
) -> Result<Vec<String>> {
    // How often rows are fetched is no part of the question.
    let asked = FindRequest {
        limit: None,
        cursor: None,
        ..request.clone()
    };
    let request_line = serde_json::to_string(&asked).map_err(std::io::Error::from)?;
    let covered = coverage::in_full(&response.coverage);
    Ok(vec![
        format!("query: {}", escaped(&summary::question(request, times))),
        format!("request: {}", escaped_json(&request_line)),
        format!("as of: {}", times.absolute(response.as_of)),
        format!("server: {}", escaped(server)),
        format!(
            "found: {}; rows: {}",
            summary::found(response),
            grouped(response.total)
        ),
        format!(
            "coverage: {}: {}",
            coverage::word(&response.coverage),
            escaped(&covered)
        ),
        format!("by: assetctl {}", env!("CARGO_PKG_VERSION")),
    ])
}
