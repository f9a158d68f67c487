//! A page of the list, with what the feeds say of each advisory.

use std::cmp::Reverse;

use index::Extent;
use model::bounds;
use proto_types::{AffectingAdvisory, Extent as Told};

use crate::store::{
    Result,
    query::{FindQuery, Position, foreign},
    sqlite::feeds::FeedsFile,
};

use super::kept::{Answer, Counted};

/// A page.
pub struct Page {
    /// Its advisories.
    pub advisories: Vec<AffectingAdvisory>,
    /// How many there are in all.
    pub total: u64,
    /// Where the next one begins.
    pub next: Option<Position>,
}

/// A page of at most so many, from where the cursor is.
pub fn page(
    feeds: &FeedsFile,
    answer: &Answer,
    with_unknown: bool,
    (query, limit): (&FindQuery, usize),
) -> Result<Page> {
    let only_unknown = match with_unknown {
        true => 0,
        false => answer.only_unknown(),
    };
    let all = &answer.rows[..answer.rows.len() - only_unknown];
    let rest = &all[start(all, query)?.min(all.len())..];
    let (mut advisories, mut room) = (Vec::new(), bounds::DOCUMENT);
    let mut last = None;
    for row in rest.iter().take(limit) {
        let (advisory, bytes) = feeds.summary(row.feed, &row.id)?;
        let Some(left) = room.checked_sub(bytes) else {
            break;
        };
        (room, last) = (left, Some(row));
        advisories.push(AffectingAdvisory {
            advisory,
            has_fix: row.has_fix,
            affected: told(row.affected),
            unknown: told(row.unknown),
        });
    }
    let is_cut = advisories.len() < rest.len();
    Ok(Page {
        advisories,
        total: all.len() as u64,
        next: last.filter(|_| is_cut).map(key),
    })
}

fn told(extent: Extent) -> Told {
    Told {
        images: extent.images,
        containers: extent.containers,
        hosts: extent.hosts,
    }
}

/// Where a page ends behind a row.
fn key(row: &Counted) -> Position {
    let (affected, unknown) = (row.affected.hosts, row.unknown.hosts);
    let key = [
        affected.to_string(),
        unknown.to_string(),
        row.id.to_string(),
    ];
    Position::Key(key.into())
}

/// The place of the first row of a page.
fn start(all: &[Counted], query: &FindQuery) -> Result<usize> {
    let Some(cursor) = &query.cursor else {
        return Ok(0);
    };
    let [affected, unknown, id] = cursor.key::<3>()?;
    let number = |text: &str| text.parse().map(Reverse).map_err(|_| foreign());
    let last = (number(affected)?, number(unknown)?, id.as_str());
    Ok(all.partition_point(|one| one.place() <= last))
}
