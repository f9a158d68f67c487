//! The feeds as they are listed.

use model::{bounds, verdict::FeedKind};
use proto_types::{Feed, FeedEcosystem, Lists};
use rusqlite::{Connection, Row};

use crate::store::{
    Holds, Result,
    sqlite::sql::{count, time, time_or_none},
};

use super::ecosystems;

const FEEDS: &str =
    "SELECT feed, source, imported_at, advisories, withdrawn, newest, hash, skipped, holds, entries
     FROM feeds";

/// All of them, ordered by source.
///
/// # Errors
/// [`crate::store::StoreError::Engine`] where the file fails.
pub fn feeds(db: &Connection) -> Result<Vec<Feed>> {
    let mut all = db.prepare(&format!("{FEEDS} ORDER BY source"))?;
    let all = all.query_map([], |row| read(db, row))?;
    Ok(all.collect::<rusqlite::Result<_>>()?)
}

/// One of them, by number.
///
/// # Errors
/// As [`feeds`].
pub fn feed(db: &Connection, feed: i64) -> Result<Feed> {
    let one = format!("{FEEDS} WHERE feed = ?1");
    Ok(db.query_row(&one, [feed], |row| read(db, row))?)
}

fn read(db: &Connection, row: &Row<'_>) -> rusqlite::Result<Feed> {
    let feed: i64 = row.get("feed")?;
    let skipped: String = row.get("skipped")?;
    let (ecosystems, total) = named(db, feed)?;
    Ok(Feed {
        source: row.get("source")?,
        kind: match Holds::read(&row.get::<_, String>("holds")?) {
            Holds::Advisories => kind(db, feed)?,
            Holds::Kev => Lists::Kev,
            Holds::Epss => Lists::Epss,
            Holds::Vex => Lists::Vex,
        },
        advisories: count(row, "advisories")?,
        withdrawn: count(row, "withdrawn")?,
        entries: count(row, "entries")?,
        newest: time_or_none(row, "newest")?,
        imported_at: time(row, "imported_at")?,
        ecosystems_total: (total > ecosystems.len() as u64).then_some(total),
        ecosystems,
        skipped: serde_json::from_str(&skipped).unwrap_or_default(),
        hash: row.get("hash")?,
    })
}

/// What a feed lists, over all of its ecosystems.
fn kind(db: &Connection, feed: i64) -> rusqlite::Result<Lists> {
    let mut kinds =
        db.prepare_cached("SELECT min(lists), max(lists) FROM ecosystems WHERE feed = ?1")?;
    let (least, most): (Option<i64>, Option<i64>) =
        kinds.query_row([feed], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(match (least, most) {
        (Some(least), Some(most)) if least == most => lists(least),
        (Some(_), Some(_)) => Lists::Mixed,
        _ => Lists::Part,
    })
}

/// What is listed of an ecosystem, as it is kept.
const fn lists(number: i64) -> Lists {
    match ecosystems::kind(number) {
        FeedKind::All => Lists::All,
        FeedKind::FixesOnly => Lists::FixesOnly,
        FeedKind::Part | FeedKind::Earlier => Lists::Part,
    }
}

/// The ecosystems of a feed, as far as they are listed, and how many there are.
fn named(db: &Connection, feed: i64) -> rusqlite::Result<(Vec<FeedEcosystem>, u64)> {
    let mut all = db.prepare_cached(
        "SELECT ecosystem, lists, advisories, count(*) OVER () AS total FROM ecosystems
         WHERE feed = ?1 ORDER BY ecosystem LIMIT ?2",
    )?;
    let mut total = 0;
    let most = bounds::FEED_ECOSYSTEMS_NAMED as u64;
    let all = all.query_map((feed, most.cast_signed()), |row| {
        total = count(row, "total")?;
        Ok(FeedEcosystem {
            ecosystem: row.get("ecosystem")?,
            kind: lists(row.get("lists")?),
            advisories: count(row, "advisories")?,
        })
    })?;
    let all = all.collect::<rusqlite::Result<_>>()?;
    Ok((all, total))
}
