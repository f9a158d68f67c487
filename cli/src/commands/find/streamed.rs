//! Answers of `find` of any size, a row at a time.

use proto_types::{FindRequest, FindResponse};

use super::{exit, say_related, say_summary};
use crate::{context::Context, error::Result, exit::Exit, output::footer::Footer};

/// Asks for the counts and the coverage, which lines don't carry, then for every line.
pub(super) async fn run(request: &FindRequest, context: &Context<'_>) -> Result<Exit> {
    let head = FindRequest {
        limit: Some(1),
        ..request.clone()
    };
    let head = context.ask(&head).await?;
    say_summary(request, &head, context);
    let shown = rows(request, context).await?;
    say_related(request, &head, context);
    context.say_footer(&footer(request, &head, shown, context));
    Ok(exit(&head, shown))
}

async fn rows(request: &FindRequest, context: &Context<'_>) -> Result<u64> {
    let view = &context.out.view;
    let mut sink = context.out.sink()?;
    let mut lines = context.client.find_each(request).await?;
    let mut shown = 0;
    while let Some(result) = lines.next().await? {
        sink.push(&result, view)?;
        shown += 1;
    }
    sink.finish()?;
    Ok(shown)
}

fn footer<'a>(
    request: &FindRequest,
    head: &'a FindResponse,
    shown: u64,
    context: &Context<'_>,
) -> Footer<'a> {
    Footer {
        shown,
        total: head.total,
        goes_on: request.cursor.is_some(),
        ..context.footer(&head.coverage, head.as_of)
    }
}
