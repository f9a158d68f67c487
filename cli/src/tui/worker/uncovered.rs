//! What answers can't know: the hosts and images of it, from what the server says of all of them.

use std::collections::HashMap;

use client::Client;
use proto_types::{
    FindRequest, GetStatus, GroupBy, ImageDigest, ImageState, ImageSummary, ListHosts, ListImages,
    QueuedImage, StatusResponse, Timestamp,
};

use crate::tui::{
    answer::{Problem, RowsAnswer},
    item::Item,
    uncovered::Uncovered,
};

/// The states of images that have no complete SBOM.
const STATES: [ImageState; 3] = [
    ImageState::Quarantined,
    ImageState::Unscanned,
    ImageState::Partial,
];
/// How many images are asked for at a time.
const CHUNK: u64 = 5_000;

/// The hosts and images that are not covered just now, at most so many images of each state.
pub(super) async fn now(client: &Client, most: u64) -> Result<RowsAnswer, Problem> {
    let status = client.send(&GetStatus {}).await?;
    let hosts = client.send(&ListHosts {}).await?;
    let mut rows: Vec<Uncovered> = hosts.hosts.iter().filter_map(Uncovered::host).collect();
    let queued = queued(&status);
    let mut left_out = 0;
    for state in STATES {
        let (images, total) = images(client, state, most).await?;
        left_out += total.saturating_sub(count(&images));
        let image = |one: &ImageSummary| Uncovered::image(one, queued.get(&one.digest).copied());
        rows.extend(images.iter().filter_map(image));
    }
    rows.extend(status.conflicts.iter().map(Uncovered::conflict));
    let conflicts = status.counts.conflicting_images;
    left_out += conflicts.saturating_sub(count(&status.conflicts));
    Uncovered::sort(&mut rows);
    let items: Vec<Item> = rows
        .into_iter()
        .map(|one| Item::Uncovered(Box::new(one)))
        .collect();
    let total = count(&items) + left_out;
    Ok(RowsAnswer::whole(items, total, hosts.as_of, hosts.coverage))
}

/// Of a moment in the past it is only known how many they were.
pub(super) async fn then(client: &Client, at: Option<Timestamp>) -> Result<RowsAnswer, Problem> {
    let request = FindRequest {
        at,
        group_by: Some(GroupBy::Host),
        limit: Some(1),
        ..FindRequest::default()
    };
    let answer = client.send(&request).await?;
    Ok(RowsAnswer::whole(
        Vec::new(),
        0,
        answer.as_of,
        answer.coverage,
    ))
}

/// What the server says of scans that wait or failed, by image.
fn queued(status: &StatusResponse) -> HashMap<ImageDigest, &QueuedImage> {
    let all = status.queue.iter().chain(&status.quarantined);
    all.map(|one| (one.digest, one)).collect()
}

/// The images that run and are in a state, with how many there are.
async fn images(
    client: &Client,
    state: ImageState,
    most: u64,
) -> Result<(Vec<ImageSummary>, u64), Problem> {
    let (mut images, mut cursor) = (Vec::new(), None);
    loop {
        let request = ListImages {
            state: Some(state),
            running: Some(true),
            limit: Some(CHUNK),
            cursor,
            ..ListImages::default()
        };
        let page = client.send(&request).await?;
        images.extend(page.images);
        cursor = page.next_cursor;
        if cursor.is_none() || count(&images) >= most {
            return Ok((images, page.total));
        }
    }
}

fn count<T>(rows: &[T]) -> u64 {
    u64::try_from(rows.len()).unwrap_or(u64::MAX)
}
