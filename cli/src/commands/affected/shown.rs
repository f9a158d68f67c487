//! Answers of `affected`: as one document, and as counts alone.

use proto_types::{AffectedRequest, AffectedResponse, AffectedResult, Verdict};

use crate::{
    ask::context::{Context, count},
    error::Result,
    output::{footer::Footer, rows::affected::Counted},
};

/// Asks for as little as the server answers.
pub(super) async fn head(
    request: &AffectedRequest,
    context: &Context<'_>,
) -> Result<AffectedResponse> {
    let request = AffectedRequest {
        limit: Some(1),
        ..request.clone()
    };
    let mut response = context.ask(&request).await?;
    // The one result that had to be asked for is no part of a count.
    response.results = None;
    response.truncated = false;
    response.next_cursor = None;
    Ok(response)
}

/// Shows the results of a document; how many.
pub(super) fn listed(response: &AffectedResponse, context: &Context<'_>) -> Result<u64> {
    let results = response.results.as_deref().unwrap_or_default();
    context.out.list(response, results)?;
    Ok(count(results))
}

/// Shows every result, page by page, each of the same commit as the first: evidence must agree with itself. How many.
pub(super) async fn in_pages(request: &AffectedRequest, context: &Context<'_>) -> Result<u64> {
    let view = &context.out.view;
    let mut sink = context.out.sink::<AffectedResult>()?;
    let (mut request, mut shown) = (request.clone(), 0);
    loop {
        let page = context.ask(&request).await?;
        let results = page.results.unwrap_or_default();
        for row in &results {
            sink.push(row, view)?;
        }
        shown += count(&results);
        match page.next_cursor {
            Some(cursor) => request.cursor = Some(cursor),
            None => break,
        }
    }
    sink.finish()?;
    Ok(shown)
}

/// Shows the counts of these verdicts; of all where none is named.
pub(super) fn counts(
    verdicts: &[Verdict],
    response: &AffectedResponse,
    context: &Context<'_>,
) -> Result<()> {
    let verdicts = match verdicts {
        [] => Verdict::ALL,
        named => named,
    };
    let counted = Counted::of(&response.summary, verdicts);
    context.out.list(response, &counted)
}

/// What stands under an answer.
pub(super) fn footer<'a>(
    request: &AffectedRequest,
    response: &'a AffectedResponse,
    shown: u64,
    context: &Context<'_>,
) -> Footer<'a> {
    Footer {
        shown,
        total: response.total,
        truncated: response.truncated,
        goes_on: request.cursor.is_some(),
        next_cursor: response.next_cursor.as_deref(),
        gaps_said: true,
        ..context.footer(&response.coverage, response.as_of)
    }
}

/// The same under counts, which are whole.
pub(super) fn counted_footer<'a>(
    response: &'a AffectedResponse,
    context: &Context<'_>,
) -> Footer<'a> {
    Footer {
        gaps_said: true,
        ..context.footer(&response.coverage, response.as_of)
    }
}
