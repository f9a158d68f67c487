//! Answers of `affected` as counts alone, and what stands under any of them.

use proto_types::{AffectedRequest, AffectedResponse, Verdict};

use crate::{
    ask::{context::Context, pages::Shown},
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
    Shown { rows, truncated }: Shown,
    context: &Context<'_>,
) -> Footer<'a> {
    Footer {
        shown: rows,
        total: response.total,
        truncated,
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
