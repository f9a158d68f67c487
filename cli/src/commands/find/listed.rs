//! Answers of `find` that come as one document.

use proto_types::{FindRequest, FindResponse};

use super::{exit, say_related, say_summary};
use crate::{
    context::{Context, count},
    error::Result,
    exit::Exit,
    out::Label,
    output::{footer::Footer, summary},
};

/// Asks once and shows the results, the groups or the images to rebuild.
pub(super) async fn run(request: &FindRequest, context: &Context<'_>) -> Result<Exit> {
    let response = context.ask(request).await?;
    say_summary(request, &response, context);
    let shown = show(&response, context)?;
    if let Some(line) = response
        .cover
        .as_deref()
        .and_then(|images| summary::cover(images, response.summary.hosts))
    {
        context.out.say(Label::Plain, &line);
    }
    say_related(request, &response, context);
    context.say_footer(&Footer {
        shown,
        total: response.total,
        truncated: response.truncated,
        goes_on: request.cursor.is_some(),
        next_cursor: response.next_cursor.as_deref(),
        ..context.footer(&response.coverage, response.as_of)
    });
    Ok(exit(&response, shown))
}

/// Shows the rows that the response has, and answers how many.
fn show(response: &FindResponse, context: &Context<'_>) -> Result<u64> {
    let out = context.out;
    if let Some(groups) = &response.groups {
        out.list(response, groups)?;
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

/// Asks for as little as the server answers, and shows the counts alone.
pub(super) async fn counted(request: &FindRequest, context: &Context<'_>) -> Result<Exit> {
    let request = FindRequest {
        limit: Some(1),
        ..request.clone()
    };
    let mut response = context.ask(&request).await?;
    // The one result that had to be asked for is no part of a count.
    response.results = None;
    response.truncated = false;
    response.next_cursor = None;
    say_summary(&request, &response, context);
    context.out.list(&response, &[response.summary])?;
    say_related(&request, &response, context);
    context.say_footer(&context.footer(&response.coverage, response.as_of));
    Ok(exit(&response, 0))
}
