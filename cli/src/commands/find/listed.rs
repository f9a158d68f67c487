//! Answers of `find` that come as one document.

use proto_types::{FindRequest, FindResponse, Group, GroupBy};

use super::{
    manner::Manner,
    said::{exit, say_summary, say_what_else, write_evidence},
};
use crate::{
    ask::context::{Context, count},
    error::Result,
    exit::Exit,
    output::{
        Format,
        console::Label,
        cover,
        footer::Footer,
        rows::groups::{self, Counted},
    },
};

/// Asks once and shows the results, the groups or the images to rebuild.
pub(super) async fn run(
    request: &FindRequest,
    manner: Manner<'_>,
    context: &Context<'_>,
) -> Result<Exit> {
    let response = manner.ask(request, context).await?;
    display(request, &response, manner, context).await
}

/// Shows an answer with everything that is said of it.
pub(super) async fn display(
    request: &FindRequest,
    response: &FindResponse,
    manner: Manner<'_>,
    context: &Context<'_>,
) -> Result<Exit> {
    say_summary(request, response, context);
    write_evidence(request, response, manner, context)?;
    let shown = show(request, response, context)?;
    if let Some(line) = response
        .cover
        .as_deref()
        .and_then(|images| cover::sentence(images, response.summary.hosts, response.total))
    {
        context.out.say(Label::Plain, &line);
    }
    say_what_else(request, response, context).await;
    context.say_footer(&Footer {
        shown,
        total: response.total,
        truncated: response.truncated,
        goes_on: request.cursor.is_some(),
        next_cursor: response.next_cursor.as_deref(),
        gaps_said: true,
        ..context.footer(&response.coverage, response.as_of)
    });
    Ok(exit(response, shown, manner))
}

/// Shows the rows that the response has, and answers how many.
fn show(request: &FindRequest, response: &FindResponse, context: &Context<'_>) -> Result<u64> {
    let out = context.out;
    if let (Some(groups), Some(by)) = (&response.groups, request.group_by) {
        show_groups(groups, by, response, context)?;
        return Ok(count(groups));
    }
    if let Some(images) = &response.cover {
        out.list(response, images)?;
        return Ok(count(images));
    }
    let results = response.results.as_deref().unwrap_or_default();
    out.list(response, results)?;
    Ok(count(results))
}

/// Shows groups under the name of what they are counted by.
fn show_groups(
    groups: &[Group],
    by: GroupBy,
    response: &FindResponse,
    context: &Context<'_>,
) -> Result<()> {
    let out = context.out;
    let has_bar = out.on_terminal && matches!(out.format, Format::Table | Format::Wide);
    let all = response.summary.containers;
    let counted = Counted::of(groups.iter().cloned(), by, all, has_bar);
    out.list_by(groups::columns(by), response, &counted)
}

/// Asks for as little as the server answers.
pub(super) async fn count_only(
    request: &FindRequest,
    manner: Manner<'_>,
    context: &Context<'_>,
) -> Result<FindResponse> {
    let request = FindRequest {
        limit: Some(1),
        ..request.clone()
    };
    let mut response = manner.ask(&request, context).await?;
    // The one result that had to be asked for is no part of a count.
    response.results = None;
    response.truncated = false;
    response.next_cursor = None;
    Ok(response)
}

/// Asks for the counts and shows them alone.
pub(super) async fn counted(
    request: &FindRequest,
    manner: Manner<'_>,
    context: &Context<'_>,
) -> Result<Exit> {
    let response = count_only(request, manner, context).await?;
    display_counts(request, &response, manner, context).await
}

/// Shows the counts alone.
pub(super) async fn display_counts(
    request: &FindRequest,
    response: &FindResponse,
    manner: Manner<'_>,
    context: &Context<'_>,
) -> Result<Exit> {
    say_summary(request, response, context);
    write_evidence(request, response, manner, context)?;
    context.out.list(response, &[response.summary])?;
    say_what_else(request, response, context).await;
    context.say_footer(&Footer {
        gaps_said: true,
        ..context.footer(&response.coverage, response.as_of)
    });
    Ok(exit(response, 0, manner))
}
