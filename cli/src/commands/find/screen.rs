//! `find --watch` on a terminal: the whole answer, painted anew.

use std::time::Duration;

use proto_types::{FindRequest, FindResponse, Timestamp};

use super::{listed, manner::Manner};
use crate::{ask::context::Context, error::Result, output::console::Label, words::times::in_words};

/// Goes to the upper left corner and clears what is below.
const CLEAR: &str = "\x1b[H\x1b[2J";
/// So many lines are left to the summary, the headings and the footer.
const LINES_AROUND: u64 = 9;
/// So many rows are asked for however low the terminal is.
const FEWEST_ROWS: u64 = 5;

/// Asks and paints; as many rows as there is room for.
pub(super) async fn paint(
    request: &FindRequest,
    every: Duration,
    manner: Manner<'_>,
    context: &Context<'_>,
) -> Result<FindResponse> {
    let out = context.out;
    let request = FindRequest {
        limit: request.limit.or_else(rows),
        ..request.clone()
    };
    let response = if manner.counts {
        listed::count_only(&request, manner, context).await?
    } else {
        manner.ask(&request, context).await?
    };
    out.view.times.turn_to(Timestamp::now());
    out.write(|writer| Ok(writer.write_all(CLEAR.as_bytes())?))?;
    if manner.counts {
        listed::display_counts(&request, &response, manner, context).await?;
    } else {
        listed::display(&request, &response, manner, context).await?;
    }
    let line = format!("every {}; Ctrl-C to stop", in_words(every));
    out.say(Label::Plain, &line);
    Ok(response)
}

fn rows() -> Option<u64> {
    let (_, height) = terminal_size::terminal_size()?;
    let height = u64::from(height.0);
    Some(height.saturating_sub(LINES_AROUND).max(FEWEST_ROWS))
}
