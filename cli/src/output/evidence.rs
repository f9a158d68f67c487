//! What an answer stands for, as comment lines that travel with its rows.

use model::shown::{escaped, escaped_json};
use proto_types::{FindRequest, FindResponse};

use super::{coverage, number::grouped, summary, time::Times};
use crate::error::Result;

/// What an answer stands for.
pub(crate) struct Stands<'a> {
    /// The question in words.
    pub(crate) query: &'a str,
    /// The question as it was asked.
    pub(crate) request: &'a str,
    /// The moment.
    pub(crate) as_of: String,
    /// Whose answer it is.
    pub(crate) server: &'a str,
    /// What was found, a line each.
    pub(crate) found: &'a [String],
    /// What it rests on besides, a line each, without anything that a terminal would obey.
    pub(crate) also: &'a [String],
    /// Whether nothing else can be, in a word.
    pub(crate) word: &'a str,
    /// What it covers.
    pub(crate) covered: &'a str,
}

/// The question in words and as it was asked, its time, the server, how much was found, and what
/// that covers; one line each.
pub(crate) fn stands(of: &Stands<'_>) -> Vec<String> {
    let mut lines = vec![
        format!("query: {}", escaped(of.query)),
        format!("request: {}", escaped_json(of.request)),
        format!("as of: {}", of.as_of),
        format!("server: {}", escaped(of.server)),
    ];
    lines.extend(of.found.iter().map(|one| format!("found: {one}")));
    lines.extend(of.also.iter().cloned());
    lines.push(format!("coverage: {}: {}", of.word, escaped(of.covered)));
    lines.push(format!("by: assetctl {}", env!("CARGO_PKG_VERSION")));
    lines
}

/// Whether nothing else can be than what an answer has, in a word.
pub(crate) const fn word(is_proof: bool) -> &'static str {
    match is_proof {
        true => "complete",
        false => "incomplete",
    }
}

/// What an answer of `find` stands for.
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
    let found = format!(
        "{}; rows: {}",
        summary::found(response),
        grouped(response.total)
    );
    Ok(stands(&Stands {
        query: &summary::question(request, times),
        request: &request_line,
        as_of: times.absolute(response.as_of),
        server,
        found: &[found],
        also: &[],
        word: coverage::word(&response.coverage),
        covered: &covered,
    }))
}
