//! What the advisories of an answer are, to travel with its rows: the feeds that were asked with what they hold, or what was
//! given, each by a hash.

use model::shown::escaped;
use proto_types::{AffectedRequest, AffectedResponse, Feed, ListFeeds};

use super::{given::Given, said};
use crate::{
    ask::context::Context,
    error::Result,
    output::{number::grouped, verdicts},
};

/// The feeds, where it was asked by ids.
pub(super) async fn feeds(ids: &[String], context: &Context<'_>) -> Result<Vec<Feed>> {
    match ids {
        [] => Ok(Vec::new()),
        _ => Ok(context.ask(&ListFeeds::default()).await?.feeds),
    }
}

/// Writes what an answer of verdicts stands for.
pub(super) async fn write_of(
    request: &AffectedRequest,
    response: &AffectedResponse,
    given: &Given,
    context: &Context<'_>,
) -> Result<()> {
    let feeds = feeds(&request.ids, context).await?;
    let subject = said::subject(&request.ids, response.advisories, given);
    let lines = verdicts::evidence(
        (&subject, request, response),
        &of(given, &feeds),
        (
            &context.client.server().to_string(),
            &context.out.view.times,
        ),
    )?;
    write(&lines, context)
}

/// A line for each feed, or one for what was given.
pub(super) fn of(given: &Given, feeds: &[Feed]) -> Vec<String> {
    let mut lines: Vec<String> = feeds.iter().map(feed).collect();
    if let Some(hash) = &given.hash {
        let count = grouped(given.count);
        lines.push(format!("advisories: {count} given, sha256 {hash}"));
    }
    if given.skipped > 0 {
        let skipped = grouped(given.skipped);
        lines.push(format!("skipped: {skipped} that could not be read"));
    }
    lines
}

fn feed(feed: &Feed) -> String {
    let newest = feed
        .newest
        .map_or_else(String::new, |newest| format!(", newest {newest}"));
    let skipped: u64 = feed.skipped.iter().map(|one| one.count).sum();
    format!(
        "feed: {}: {}, {} advisories{newest}, imported {}, {} skipped, hash {}",
        escaped(&feed.source),
        feed.kind,
        grouped(feed.advisories),
        feed.imported_at,
        grouped(skipped),
        escaped(&feed.hash),
    )
}

/// Writes lines as comments.
pub(super) fn write(lines: &[String], context: &Context<'_>) -> Result<()> {
    context.out.write(|writer| {
        for line in lines {
            writeln!(writer, "# {line}")?;
        }
        Ok(())
    })
}
