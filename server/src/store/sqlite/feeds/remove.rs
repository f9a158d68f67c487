//! A feed that is dropped, with all its advisories.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension};

use crate::store::{Result, StoreError};

use super::file;

/// Drops the feed of a source.
///
/// # Errors
/// [`StoreError::NotFound`] where there is none.
pub fn remove(path: &Path, source: &str) -> Result<()> {
    let part = file::part(path)?;
    // Whether it is there is looked up before anything is copied.
    number(&file::open(path)?, source)?;
    let db = file::copy(path, &part)?;
    let feed = number(&db, source)?;
    for rows in [
        "DELETE FROM links WHERE record IN (SELECT record FROM records WHERE feed = ?1)",
        "DELETE FROM keys WHERE record IN (SELECT record FROM records WHERE feed = ?1)",
        "DELETE FROM records WHERE feed = ?1",
        "DELETE FROM ecosystems WHERE feed = ?1",
        "DELETE FROM cves WHERE feed = ?1",
        "DELETE FROM statements WHERE feed = ?1",
        "DELETE FROM feeds WHERE feed = ?1",
    ] {
        db.execute(rows, [feed])?;
    }
    file::put(db, &part, path)
}

fn number(db: &Connection, source: &str) -> Result<i64> {
    let number = "SELECT feed FROM feeds WHERE source = ?1";
    let number = db
        .query_row(number, [source], |row| row.get(0))
        .optional()?;
    number.ok_or_else(|| StoreError::NotFound {
        kind: "feed",
        name: source.to_owned(),
        hint: "`assetctl advisories status` lists the feeds by their sources",
    })
}
