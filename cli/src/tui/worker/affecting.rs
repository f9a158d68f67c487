//! The imported advisories that affect what runs now, and what an empty list of them owes to the feeds.

use client::Client;
use proto_types::{AffectingResponse, GapsResponse, ListAffecting, ListFeeds, ListGaps};

use crate::{
    output::{
        number::{counted, grouped},
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
        let mut page = client.send(&request).await?;
        let rows = std::mem::take(&mut page.advisories).into_iter();
        items.extend(rows.map(|one| Item::Advisory(Box::new(one))));
        cursor = page.next_cursor.take().filter(|_| page.truncated);
        if cursor.is_some() && u64::try_from(items.len()).is_ok_and(|held| held < most) {
            continue;
        }
        let headline = match items.is_empty() {
            true => nothing(client, &page).await?,
            false => headline(&items, &page),
        };
        return Ok(RowsAnswer {
            headline,
            ..RowsAnswer::whole(items, page.total, page.as_of, page.coverage)
        });
    }
}

/// How many are known to be exploited, and what else there may be.
fn headline(items: &[Item], page: &AffectingResponse) -> Vec<String> {
    let exploited = items.iter().filter(|item| item.is_exploited()).count();
    let exploited = grouped(u64::try_from(exploited).unwrap_or(u64::MAX));
    let says = format!("{exploited} known to be exploited");
    [says].into_iter().chain(besides(page)).collect()
}

/// How many more may affect something, or would but for what vendors state.
fn besides(page: &AffectingResponse) -> impl Iterator<Item = String> {
    let (unknown, excused) = (page.unknown_total, page.excused_total);
    let told = [
        (unknown, "may affect something", "unknown"),
        (excused, "are excused by vendors (VEX)", "excused"),
    ];
    let told = told.into_iter().filter(|(count, ..)| *count > 0);
    told.map(|(count, what, flag)| {
        let count = grouped(count);
        format!("{count} more {what}: `assetctl advisories affecting --{flag}` lists them")
    })
}

/// Why an empty list proves nothing: it is of what was imported, and nobody imports all that there is.
async fn nothing(client: &Client, page: &AffectingResponse) -> Result<Vec<String>, Problem> {
    let feeds = client.send(&ListFeeds {}).await?.feeds;
    if feeds.is_empty() {
        return Ok(vec![NOTHING_IMPORTED.to_owned()]);
    }
    let says = "no imported advisory is known to affect anything that runs".to_owned();
    let gaps = client.send(&ListGaps {}).await?;
    let lines = [says].into_iter().chain(besides(page));
    Ok(lines.chain(self::gaps(&gaps)).collect())
}

/// What no feed speaks of, or not of all of it.
fn gaps(answer: &GapsResponse) -> impl Iterator<Item = String> {
    let first = answer.gaps.iter().take(NAMED);
    let first = first.map(|gap| format!("{}: {}", counted(gap.images, "image"), gap.reason));
    let more = answer.gaps.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| format!("{more} more: `assetctl advisories gaps` lists them"));
    first.chain(more)
}
