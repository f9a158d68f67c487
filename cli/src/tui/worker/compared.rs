//! What rebuilding images would bring, and what two sides hold differently: lists that a sentence heads.

use client::Client;
use proto_types::{FindRequest, GetDiff, GetStatus, Match, Timestamp};

use crate::{
    output::{cover, diff},
    tui::{
        answer::{Problem, RowsAnswer},
        item::Item,
    },
};

/// The images that hold what fits, those first whose rebuilding frees the most hosts of it.
pub(super) async fn cover(
    client: &Client,
    of: Vec<Match>,
    at: Option<Timestamp>,
) -> Result<RowsAnswer, Problem> {
    let request = FindRequest {
        matches: of,
        at,
        cover: true,
        limit: Some(0),
        ..FindRequest::default()
    };
    let answer = client.send(&request).await?;
    let images = answer.cover.unwrap_or_default();
    let (hosts, all) = (answer.summary.hosts, answer.summary.images);
    let headline = cover::sentence(&images, hosts, all);
    let items: Vec<Item> = images
        .into_iter()
        .map(|one| Item::Cover(Box::new(one)))
        .collect();
    let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
    Ok(RowsAnswer {
        summary: Some(answer.summary),
        headline: headline.into_iter().collect(),
        ..RowsAnswer::whole(items, total, answer.as_of, answer.coverage)
    })
}

/// What two sides hold differently; what isn't known of them stands behind that.
pub(super) async fn diff(client: &Client, from: String, to: String) -> Result<RowsAnswer, Problem> {
    let answer = client.send(&GetDiff { from, to }).await?;
    let status = client.send(&GetStatus {}).await?;
    let gaps = [&answer.from, &answer.to].map(diff::gap);
    let headline = [diff::sentence(&answer)];
    let headline = headline.into_iter().chain(gaps.into_iter().flatten());
    let items: Vec<Item> = diff::rows(&answer)
        .into_iter()
        .map(|one| Item::Differs(Box::new(one)))
        .collect();
    let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
    Ok(RowsAnswer {
        headline: headline.collect(),
        ..RowsAnswer::whole(items, total, answer.as_of, status.coverage)
    })
}
