//! Answers of `find` that come as one document.

use proto_types::{FindRequest, FindResponse, Group, GroupBy};

use super::{
    manner::Manner,
    said::{exit, say_summary, say_what_else, write_evidence},
};
use crate::{
    ask::{
        context::{Context, count},
        pages::{self, Shown},
    },
    error::{CliError, Result},
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
    let mut response = manner.ask(request, context).await?;
    complete(request, &mut response, context).await?;
    display(request, &response, manner, context).await
}

/// Asks for the other pages of groups and of images to rebuild, where all are wanted: they are
/// far fewer than results.
async fn complete(
    request: &FindRequest,
    response: &mut FindResponse,
    context: &Context<'_>,
) -> Result<()> {
    if response.results.is_some() || request.limit != Some(0) {
        return Ok(());
    }
    while response.truncated
        && let Some(cursor) = response.next_cursor.take()
    {
        let behind = FindRequest {
            cursor: Some(cursor),
            ..request.clone()
        };
        let page = context.ask(&behind).await?;
        if page.next_cursor == behind.cursor {
            return Err(CliError::failed("the server keeps sending the same page"));
        }
        let groups = response.groups.iter_mut();
        groups.for_each(|all| all.extend(page.groups.iter().flatten().cloned()));
        let cover = response.cover.iter_mut();
        cover.for_each(|all| all.extend(page.cover.iter().flatten().cloned()));
        (response.truncated, response.next_cursor) = (page.truncated, page.next_cursor);
    }
    Ok(())
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
    let Shown { rows, truncated } = show(request, response, context).await?;
    if let Some(line) = response
        .cover
        .as_deref()
        .and_then(|images| cover::sentence(images, response.summary.hosts, response.total))
    {
        context.out.say(Label::Plain, &line);
    }
    say_what_else(request, response, context).await;
    context.say_footer(&Footer {
        shown: rows,
        total: response.total,
        truncated,
        goes_on: request.cursor.is_some(),
        next_cursor: response.next_cursor.as_deref(),
        gaps_said: true,
        ..context.footer(&response.coverage, response.as_of)
    });
    Ok(exit(response, rows, manner))
}

/// Shows the rows of an answer.
async fn show(
    request: &FindRequest,
    response: &FindResponse,
    context: &Context<'_>,
) -> Result<Shown> {
    let rows = match (&response.groups, request.group_by, &response.cover) {
        (Some(groups), Some(by), _) => {
            show_groups(groups, by, response, context)?;
            count(groups)
        }
        (_, _, Some(images)) => {
            context.out.list(response, images)?;
            count(images)
        }
        _ => return pages::shown(request, response, context).await,
    };
    let truncated = response.truncated;
    Ok(Shown { rows, truncated })
}

/// Shows groups under the name of what they are counted by.
fn show_groups(
    groups: &[Group],
    by: GroupBy,
    response: &FindResponse,
    context: &Context<'_>,
) -> Result<()> {
    let out = context.out;
    if (by, out.format) == (GroupBy::Version, Format::Name) {
        return out.write(|writer| Ok(groups::write_names(groups, writer)?));
    }
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
