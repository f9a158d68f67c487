//! What is new in the fleet: what changed in a day, and which images that run are the oldest.

use client::Client;
use jiff::SignedDuration;
use proto_types::{ChangeKind, ListChanges, ListImages, Timestamp};

use crate::tui::{
    answer::{News, Problem},
    item::image_label,
};

/// How far is looked back, in hours.
const DAY: i64 = 24;
/// How many changes, or images, are asked for at a time.
const CHUNK: u64 = 5_000;
/// No more pages of changes are read: there are then more than was counted.
const MOST_PAGES: usize = 4;
/// How many names of what appeared, and of old images, are kept.
const NAMES: usize = 8;

/// Asks for it.
pub(super) async fn ask(client: &Client) -> Result<News, Problem> {
    let mut news = changes(client).await?;
    let request = ListImages {
        running: Some(true),
        limit: Some(CHUNK),
        ..ListImages::default()
    };
    let page = client.send(&request).await?;
    // The oldest of a part would not be the oldest.
    if page.next_cursor.is_none() {
        let mut dated: Vec<(Timestamp, String)> = page
            .images
            .iter()
            .filter_map(|image| {
                let name = image.names.first().map(String::as_str);
                let digest = image.digest.to_string();
                Some((image.facts.created_at?, image_label(name, &digest)))
            })
            .collect();
        dated.sort();
        dated.truncate(NAMES);
        news.oldest = dated;
    }
    Ok(news)
}

async fn changes(client: &Client) -> Result<News, Problem> {
    let since = Timestamp::now().checked_sub(SignedDuration::from_hours(DAY));
    let mut request = ListChanges {
        since: Some(since.unwrap_or(Timestamp::MIN)),
        limit: Some(CHUNK),
        ..ListChanges::default()
    };
    let mut news = News::default();
    for _ in 0..MOST_PAGES {
        let page = client.send(&request).await?;
        for change in page.changes {
            match change.kind {
                ChangeKind::Started => news.started += 1,
                ChangeKind::Stopped => news.stopped += 1,
                ChangeKind::Appeared => {
                    let named = change
                        .artifact
                        .map(|one| format!("{} {}", one.name, one.version));
                    news.appeared.extend(named);
                }
            }
        }
        request.cursor = page.next_cursor.filter(|_| page.truncated);
        if request.cursor.is_none() {
            return Ok(news);
        }
    }
    news.has_more = true;
    Ok(news)
}
