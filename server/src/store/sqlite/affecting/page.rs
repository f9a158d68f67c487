//! A page of the list, with what the feeds say of each advisory.

use index::Extent;
use model::{bounds, urgency::Urgency};
use proto_types as wire;
use proto_types::AffectingAdvisory;

use crate::store::{
    Result,
    query::{FindQuery, Position, foreign},
    sqlite::feeds::{FeedsFile, Told},
};

use super::kept::Counted;

/// A page.
pub struct Page {
    /// Its advisories.
    pub advisories: Vec<AffectingAdvisory>,
    /// How many there are in all.
    pub total: u64,
    /// Where the next one begins.
    pub next: Option<Position>,
}

/// A page of at most so many of these, from where the cursor is.
pub fn page(
    feeds: &FeedsFile,
    all: &[&Counted],
    (query, limit): (&FindQuery, usize),
) -> Result<Page> {
    let rest = &all[start(all, query)?.min(all.len())..];
    let (mut advisories, mut room) = (Vec::new(), bounds::DOCUMENT);
    let mut last = None;
    for row in rest.iter().copied().take(limit) {
        let told = feeds.told(row.feed, &row.id)?;
        let Some(left) = room.checked_sub(told.bytes) else {
            break;
        };
        (room, last) = (left, Some(row));
        advisories.push(answered(told, row));
    }
    let is_cut = advisories.len() < rest.len();
    Ok(Page {
        advisories,
        total: all.len() as u64,
        next: last.filter(|_| is_cut).map(key),
    })
}

fn answered(told: Told, row: &Counted) -> AffectingAdvisory {
    let Urgency { kev, epss } = told.urgency;
    AffectingAdvisory {
        advisory: told.summary,
        has_fix: row.has_fix,
        kev: told.urgency.added(),
        kev_due: kev.and_then(|one| one.due).map(|day| day.to_string()),
        epss: epss.map(|one| one.score),
        epss_percentile: epss.map(|one| one.percentile),
        affected: extent(row.affected),
        unknown: extent(row.unknown),
        excused: extent(row.excused),
    }
}

fn extent(extent: Extent) -> wire::Extent {
    wire::Extent {
        images: extent.images,
        containers: extent.containers,
        hosts: extent.hosts,
    }
}

/// Where a page ends behind a row.
fn key(row: &Counted) -> Position {
    let numbers = [
        row.is_exploited.into(),
        row.affected.hosts,
        row.unknown.hosts,
    ];
    let mut key: Vec<String> = numbers.map(|number| number.to_string()).into();
    key.push(row.id.to_string());
    Position::Key(key)
}

/// The place of the first row of a page.
fn start(all: &[&Counted], query: &FindQuery) -> Result<usize> {
    let Some(cursor) = &query.cursor else {
        return Ok(0);
    };
    let [exploited, affected, unknown, id] = cursor.key::<4>()?;
    let number = |text: &str| text.parse::<u64>().map_err(|_| foreign());
    let hosts = (number(affected)?, number(unknown)?);
    let last = Counted::place_of(hosts, number(exploited)? > 0, id);
    Ok(all.partition_point(|one| one.place() <= last))
}
