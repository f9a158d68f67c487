//! The imported advisories that affect what runs now, and what an empty list of them owes to the feeds.

use client::Client;
use proto_types::{GapsResponse, ListAffecting, ListFeeds, ListGaps};

use crate::{
    output::{
        number::{counted, either, grouped},
        verdicts::NOTHING_IMPORTED,
    },
    tui::{
        answer::{Problem, RowsAnswer},
        item::Item,
    },
};

/// How many advisories are asked for at a time.
const CHUNK: u64 = 5_000;
/// So many gaps of the feeds are named.
const NAMED: usize = 6;

/// The advisories, at most so many: what is known to be exploited first, then what affects the most hosts.
pub(super) async fn now(client: &Client, most: u64) -> Result<RowsAnswer, Problem> {
    let (mut items, mut cursor) = (Vec::new(), None);
    loop {
        let request = ListAffecting {
            limit: Some(CHUNK),
            cursor,
            ..ListAffecting::default()
        };
        let page = client.send(&request).await?;
        let rows = page.advisories.into_iter();
        items.extend(rows.map(|one| Item::Advisory(Box::new(one))));
        cursor = page.next_cursor.filter(|_| page.truncated);
        if cursor.is_some() && u64::try_from(items.len()).is_ok_and(|held| held < most) {
            continue;
        }
        let headline = match items.is_empty() {
            true => nothing(client, page.unknown_total).await?,
            false => headline(&items, page.unknown_total),
        };
        return Ok(RowsAnswer {
            headline,
            ..RowsAnswer::whole(items, page.total, page.as_of, page.coverage)
        });
    }
}

/// How many are known to be exploited, and of how many more it isn't known whether they affect anything.
fn headline(items: &[Item], unknown: u64) -> Vec<String> {
    let exploited = items.iter().filter(|item| item.is_exploited()).count();
    let exploited = grouped(u64::try_from(exploited).unwrap_or(u64::MAX));
    let mut says = vec![format!("{exploited} known to be exploited")];
    says.extend(unsure(unknown));
    says
}

fn unsure(unknown: u64) -> Option<String> {
    let advisories = either(unknown, "advisory", "advisories");
    let line = format!(
        "of {} more {advisories} it isn't known: `assetctl advisories affecting --unknown` lists them",
        grouped(unknown)
    );
    (unknown > 0).then_some(line)
}

/// Why an empty list proves nothing: it is of what was imported, and nobody imports all that there is.
async fn nothing(client: &Client, unknown: u64) -> Result<Vec<String>, Problem> {
    let feeds = client.send(&ListFeeds {}).await?.feeds;
    if feeds.is_empty() {
        return Ok(vec![NOTHING_IMPORTED.to_owned()]);
    }
    let says = "no advisory that was imported is known to affect what runs".to_owned();
    let mut lines = vec![says];
    lines.extend(unsure(unknown));
    lines.extend(gaps(&client.send(&ListGaps {}).await?));
    Ok(lines)
}

/// What no feed speaks of, or not of all of it.
fn gaps(answer: &GapsResponse) -> Vec<String> {
    let first = answer.gaps.iter().take(NAMED);
    let first = first.map(|gap| format!("{}: {}", counted(gap.images, "image"), gap.reason));
    let more = answer.gaps.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| format!("{more} more: `assetctl advisories gaps` lists them"));
    first.chain(more).collect()
}
