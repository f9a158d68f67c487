//! Answers of `find` of any size, a row at a time.

use proto_types::{FindRequest, FindResponse};

use super::{
    listed::count_only,
    manner::Manner,
    said::{exit, say_summary, say_what_else, write_evidence},
};
use crate::{
    ask::{context::Context, each},
    error::Result,
    exit::Exit,
    output::footer::Footer,
};

/// Asks for the counts and the coverage, which lines don't carry, then for every line.
pub(super) async fn run(
    request: &FindRequest,
    manner: Manner<'_>,
    context: &Context<'_>,
) -> Result<Exit> {
    let head = count_only(request, manner, context).await?;
    say_summary(request, &head, context);
    write_evidence(request, &head, manner, context)?;
    let shown = if manner.evidence {
        rows(&held_to(&head, request), context).await?
    } else {
        rows(request, context).await?
    };
    say_what_else(request, &head, context).await;
    context.say_footer(&footer(request, &head, shown, context));
    Ok(exit(&head, shown, manner))
}

/// The request, held to the moment of the counts: evidence must agree with itself.
fn held_to(head: &FindResponse, request: &FindRequest) -> FindRequest {
    let is_about_now = request.at.is_none() && request.during.is_none();
    FindRequest {
        at: if is_about_now {
            Some(head.as_of)
        } else {
            request.at
        },
        ..request.clone()
    }
}

async fn rows(request: &FindRequest, context: &Context<'_>) -> Result<u64> {
    each::shown(context.client.find_each(request), context).await
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
        gaps_said: true,
        ..context.footer(&head.coverage, head.as_of)
    }
}
