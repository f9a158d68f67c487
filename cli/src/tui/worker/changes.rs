//! What changed last, newest first: in the last hour, or in a longer time where little did.

use std::collections::VecDeque;

use client::Client;
use jiff::SignedDuration;
use proto_types::{Change, Coverage, ListChanges, Timestamp};

use crate::tui::{
    answer::{Problem, RowsAnswer},
    item::Item,
};

/// How far is looked back, in hours: further where less changed than [`ENOUGH`].
const SPANS: [i64; 3] = [1, 24, 7 * 24];
/// So many changes are enough to look at.
const ENOUGH: usize = 200;
/// How many changes are asked for at a time.
const CHUNK: u64 = 5_000;

/// The last changes up to now or up to a moment, of the fleet or of one host; at most so many.
pub(super) async fn fetch(
    client: &Client,
    host: Option<String>,
    at: Option<Timestamp>,
    most: u64,
) -> Result<RowsAnswer, Problem> {
    let to = at.unwrap_or_else(Timestamp::now);
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut last = None;
    for hours in SPANS {
        let from = to.checked_sub(SignedDuration::from_hours(hours));
        let request = ListChanges {
            since: Some(from.unwrap_or(Timestamp::MIN)),
            host: host.clone(),
            limit: Some(CHUNK),
            cursor: None,
        };
        let found = between(client, request, at, most).await?;
        let is_enough = found.changes.len() >= ENOUGH;
        last = Some(found);
        if is_enough {
            break;
        }
    }
    // There is at least one span.
    let Found {
        changes,
        seen,
        as_of,
        coverage,
    } = last.unwrap_or_default();
    let newest_first = changes.into_iter().rev();
    let items = newest_first.map(|one| Item::Change(Box::new(one)));
    Ok(RowsAnswer::whole(items.collect(), seen, as_of, coverage))
}

/// Changes of a time, the oldest first.
#[derive(Default)]
struct Found {
    /// The last of them.
    changes: VecDeque<Change>,
    /// How many there were.
    seen: u64,
    as_of: Timestamp,
    coverage: Coverage,
}

async fn between(
    client: &Client,
    mut request: ListChanges,
    until: Option<Timestamp>,
    most: usize,
) -> Result<Found, Problem> {
    let mut found = Found::default();
    loop {
        let page = client.send(&request).await?;
        (found.as_of, found.coverage) = (page.as_of, page.coverage);
        for change in page.changes {
            if until.is_some_and(|until| change.at > until) {
                return Ok(found);
            }
            found.seen += 1;
            found.changes.push_back(change);
            if found.changes.len() > most {
                found.changes.pop_front();
            }
        }
        request.cursor = page.next_cursor.filter(|_| page.truncated);
        if request.cursor.is_none() {
            return Ok(found);
        }
    }
}
