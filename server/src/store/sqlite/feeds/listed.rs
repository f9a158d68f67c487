//! The feeds as they are listed.

use model::bounds;
use proto_types::{Feed, FeedEcosystem, Lists};
use rusqlite::{Connection, Row};

use crate::store::{
    Result,
    sqlite::sql::{count, time, time_or_none},
};

const FEEDS: &str =
    "SELECT feed, source, imported_at, advisories, withdrawn, newest, hash, skipped FROM feeds";

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
    let (ecosystems, total) = ecosystems(db, feed)?;
    Ok(Feed {
        source: row.get("source")?,
        kind: kind(db, feed)?,
        advisories: count(row, "advisories")?,
        withdrawn: count(row, "withdrawn")?,
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
        db.prepare_cached("SELECT min(lists_all), max(lists_all) FROM ecosystems WHERE feed = ?1")?;
    let kinds = kinds.query_row([feed], |row| {
        Ok((
            row.get::<_, Option<bool>>(0)?,
            row.get::<_, Option<bool>>(1)?,
        ))
    })?;
    Ok(match kinds {
        (Some(true), _) => Lists::All,
        (Some(false), Some(true)) => Lists::Mixed,
        _ => Lists::FixesOnly,
    })
}

/// The ecosystems of a feed, as far as they are listed, and how many there are.
fn ecosystems(db: &Connection, feed: i64) -> rusqlite::Result<(Vec<FeedEcosystem>, u64)> {
    let mut all = db.prepare_cached(
        "SELECT ecosystem, lists_all, advisories, count(*) OVER () AS total FROM ecosystems
         WHERE feed = ?1 ORDER BY ecosystem LIMIT ?2",
    )?;
    let mut total = 0;
    let most = bounds::FEED_ECOSYSTEMS_NAMED as u64;
    let all = all.query_map((feed, most.cast_signed()), |row| {
        total = count(row, "total")?;
        let kind = match row.get("lists_all")? {
            true => Lists::All,
            false => Lists::FixesOnly,
        };
        Ok(FeedEcosystem {
            ecosystem: row.get("ecosystem")?,
            kind,
            advisories: count(row, "advisories")?,
        })
    })?;
    let all = all.collect::<rusqlite::Result<_>>()?;
    Ok((all, total))
}
