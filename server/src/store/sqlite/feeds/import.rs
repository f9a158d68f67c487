//! An import: the advisories of a feed, in the place of those that it had.

use std::{io::Read, path::Path};

use advisories::input::{self, Broken};
use model::bounds;
use proto_types::{FeedImported, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use crate::store::{Result, StoreError, sqlite::sql::ms};

use super::{ecosystems, file, intake::Intake, listed};

/// Takes them in, all or none.
///
/// # Errors
/// [`StoreError::Invalid`] where they can't be read to their end, [`StoreError::Full`] where there is no room for
/// them.
pub fn import(
    path: &Path,
    source: &str,
    advisories: impl Read,
    now: Timestamp,
) -> Result<FeedImported> {
    let part = file::part(path)?;
    let db = file::copy(path, &part)?;
    let feed = number(&db, source, now)?;
    let mut intake = Intake::new(&db, feed, path);
    let read = input::raw::stream(advisories, "the body", |raw| intake.take(&raw));
    read.map_err(|broken| intake.failed.take().unwrap_or_else(|| refused(&broken)))?;
    if intake.is_empty() {
        return Err(nothing(&intake));
    }
    let removed = intake.sweep()?;
    finish(&db, &intake, now)?;
    let imported = FeedImported {
        feed: listed::feed(&db, feed)?,
        added: intake.added,
        changed: intake.changed,
        removed,
    };
    drop(intake);
    file::put(db, &part, path)?;
    Ok(imported)
}

fn refused(broken: &Broken) -> StoreError {
    StoreError::invalid_with_hint(
        format!("the advisories can't be read: {broken}"),
        "nothing was imported, and what was imported before is as it was",
    )
}

/// A mirror that failed leaves such a file: nobody means to drop a feed by it.
fn nothing(intake: &Intake<'_>) -> StoreError {
    let first = intake.skips().into_iter().next();
    let why = first.map_or_else(String::new, |one| {
        format!(": {}, {}", one.reason, one.first)
    });
    StoreError::invalid_with_hint(
        format!("there is no advisory in what was sent{why}"),
        "nothing was changed; `assetctl advisories drop SOURCE` drops a feed",
    )
}

/// The number of a feed, which gets one where it is new.
fn number(db: &Connection, source: &str, now: Timestamp) -> Result<i64> {
    let known = "SELECT feed FROM feeds WHERE source = ?1";
    let known = db.query_row(known, [source], |row| row.get(0)).optional()?;
    if let Some(feed) = known {
        return Ok(feed);
    }
    let others: i64 = db.query_row("SELECT count(*) FROM feeds", [], |row| row.get(0))?;
    if others.unsigned_abs() >= bounds::FEEDS as u64 {
        let most = bounds::FEEDS;
        let what = format!("there are {most} feeds already, and no more are kept");
        return Err(StoreError::invalid(what));
    }
    db.execute(
        "INSERT INTO feeds (source, imported_at, advisories, withdrawn, hash, skipped)
         VALUES (?1, ?2, 0, 0, '', '[]')",
        params![source, ms(now)],
    )?;
    Ok(db.last_insert_rowid())
}

/// Says of the feed what it holds now.
fn finish(db: &Connection, intake: &Intake<'_>, now: Timestamp) -> Result<()> {
    let skipped = serde_json::to_string(&intake.skips())
        .map_err(|error| StoreError::Engine(Box::new(error)))?;
    db.execute(
        "UPDATE feeds SET imported_at = ?2, skipped = ?3, hash = ?4, (advisories, withdrawn, newest) =
           (SELECT count(*), total(withdrawn), max(modified) FROM records WHERE feed = ?1)
         WHERE feed = ?1",
        params![intake.feed, ms(now), skipped, hash(db, intake.feed)?],
    )?;
    ecosystems::write(db, intake.feed, &intake.ecosystems, intake.is_complete())
}

/// What a feed holds in short, whatever order it came in.
fn hash(db: &Connection, feed: i64) -> Result<String> {
    let mut records = db.prepare("SELECT id, hash FROM records WHERE feed = ?1 ORDER BY id")?;
    let mut rows = records.query([feed])?;
    let mut all = Sha256::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        all.update(id.len().to_le_bytes());
        all.update(id);
        all.update(row.get::<_, [u8; 32]>(1)?);
    }
    Ok(hex::encode(all.finalize()))
}
