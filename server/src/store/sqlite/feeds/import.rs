//! An import: the advisories of a feed, in the place of those that it had.

use std::{cell::RefCell, io::Read, path::Path};

use advisories::{
    begun::{Begun, Likeness},
    epss,
    input::{self, Broken},
};
use flate2::read::MultiGzDecoder;
use model::bounds;
use proto_types::{FeedImported, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use crate::store::{Holds, Result, StoreError, sqlite::sql::ms};

use super::{ecosystems, file, intake::Intake, listed};

/// What is read is called so where something is said of it.
const BODY: &str = "the body";

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
    let read = read(advisories, &mut intake);
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

/// Reads whatever it is.
fn read(body: impl Read, intake: &mut Intake<'_>) -> std::result::Result<(), Broken> {
    let unreadable = |error| Broken::Io {
        place: BODY.to_owned(),
        error,
    };
    let body = Begun::new(body).map_err(unreadable)?;
    let body: Box<dyn Read + '_> = match body.is_packed() {
        true => Box::new(MultiGzDecoder::new(body)),
        false => Box::new(body),
    };
    let body = Begun::new(body).map_err(unreadable)?;
    if body.likeness() != Some(Likeness::Epss) {
        return input::raw::stream(body, BODY, |raw| intake.take(&raw));
    }
    intake.is_of(epss::day(body.start()));
    let intake = RefCell::new(intake);
    epss::read(
        body,
        BODY,
        |row| intake.borrow_mut().take_likely(&row),
        |skipped| intake.borrow_mut().skip(skipped),
    )
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
        "nothing was changed; import OSV records, KEV, EPSS or OpenVEX, and drop a feed with \
         `assetctl advisories drop SOURCE`",
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
        "INSERT INTO feeds (source, imported_at, advisories, withdrawn, hash, skipped, holds, entries)
         VALUES (?1, ?2, 0, 0, '', '[]', '', 0)",
        params![source, ms(now)],
    )?;
    Ok(db.last_insert_rowid())
}

/// Says of the feed what it holds now.
fn finish(db: &Connection, intake: &Intake<'_>, now: Timestamp) -> Result<()> {
    let skipped = serde_json::to_string(&intake.skips())
        .map_err(|error| StoreError::Engine(Box::new(error)))?;
    let holds = intake.holds.unwrap_or(Holds::Advisories);
    db.execute(
        "UPDATE feeds SET imported_at = ?2, skipped = ?3, hash = ?4, holds = ?5,
           entries = (SELECT count(*) FROM cves WHERE feed = ?1)
             + (SELECT count(DISTINCT place) FROM statements WHERE feed = ?1), (advisories, withdrawn, newest) =
           (SELECT count(*), total(withdrawn), coalesce(max(modified), ?6) FROM records WHERE feed = ?1)
         WHERE feed = ?1",
        params![
            intake.feed,
            ms(now),
            skipped,
            hash(db, intake.feed, holds)?,
            holds.as_str(),
            intake.newest
        ],
    )?;
    ecosystems::write(db, intake.feed, &intake.ecosystems, intake.is_complete())
}

/// What a feed holds in short, whatever order it came in.
fn hash(db: &Connection, feed: i64, holds: Holds) -> Result<String> {
    let mut all = Sha256::new();
    let mut add = |name: &str, what: &[u8]| {
        all.update(name.len().to_le_bytes());
        all.update(name);
        all.update(what);
    };
    let rows = match holds {
        Holds::Advisories => "SELECT id, hash FROM records WHERE feed = ?1 ORDER BY id",
        Holds::Vex => "SELECT id, body FROM statements WHERE feed = ?1 ORDER BY id, body",
        Holds::Kev | Holds::Epss => "SELECT cve, told FROM cves WHERE feed = ?1 ORDER BY cve",
    };
    let mut rows = db.prepare(rows)?;
    let mut rows = rows.query([feed])?;
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        let what = row.get_ref(1)?;
        add(&name, what.as_bytes().unwrap_or_default());
    }
    Ok(hex::encode(all.finalize()))
}
