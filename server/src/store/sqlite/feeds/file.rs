//! The file of the feeds: how it is opened, copied and put in the place of the last one.

use std::{fs, path::Path};

use rusqlite::Connection;

use crate::store::{
    Result, StoreError,
    sqlite::{
        connection::{WAL_LIMIT, open_copy, open_reader},
        part::{Part, io},
        room,
    },
};

/// The version of what it holds. A file of another one is imported anew: all of it came from feeds.
const VERSION: i32 = 2;
/// What tells it from other databases.
const APPLICATION: i32 = 0x616d_6164;
/// Pages that an import keeps, in KiB where negative, as SQLite has it.
const CACHE: i64 = -32_768;

const TABLES: &str = "
CREATE TABLE feeds (
    feed INTEGER PRIMARY KEY,
    source TEXT NOT NULL UNIQUE,
    imported_at INTEGER NOT NULL,
    advisories INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    newest INTEGER,
    hash TEXT NOT NULL,
    skipped TEXT NOT NULL,
    -- What it holds: advisories, kev, epss or vex; and of others than advisories, how much.
    holds TEXT NOT NULL,
    entries INTEGER NOT NULL
) STRICT;
CREATE TABLE records (
    record INTEGER PRIMARY KEY,
    feed INTEGER NOT NULL,
    id TEXT NOT NULL,
    modified INTEGER,
    withdrawn INTEGER NOT NULL,
    hash BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX records_of_feed ON records (feed, id);
CREATE INDEX records_by_id ON records (id COLLATE NOCASE, feed);
-- Of each id, those that speak of the same vulnerability, and the record that says so.
CREATE TABLE links (
    id TEXT NOT NULL COLLATE NOCASE,
    other TEXT NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (id, other, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_of_record ON links (record);
-- Of each key of a record what it is in short: by these it is found for the artifacts that it may speak of.
CREATE TABLE keys (
    key INTEGER NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (key, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX keys_of_record ON keys (record);
CREATE TABLE ecosystems (
    feed INTEGER NOT NULL,
    ecosystem TEXT NOT NULL,
    lists INTEGER NOT NULL,
    advisories INTEGER NOT NULL,
    PRIMARY KEY (feed, ecosystem)
) STRICT, WITHOUT ROWID;
-- What is said of single CVEs beside the advisories about them.
CREATE TABLE cves (
    feed INTEGER NOT NULL,
    cve TEXT NOT NULL,
    told TEXT NOT NULL,
    PRIMARY KEY (feed, cve)
) STRICT, WITHOUT ROWID;
-- What vendors state, once for each id that a statement names, and where it stands among those of its feed.
CREATE TABLE statements (
    feed INTEGER NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (feed, id, body)
) STRICT, WITHOUT ROWID;
";

/// Opens the file to read it; an empty one where nothing was imported.
///
/// # Errors
/// [`StoreError::Unavailable`] where it isn't one of these, and what to do about that.
pub fn open(path: &Path) -> Result<Connection> {
    if !path.try_exists().map_err(io)? {
        let empty = Connection::open_in_memory()?;
        empty.execute_batch(TABLES)?;
        return Ok(empty);
    }
    let file = open_reader(path)?;
    check(&file)?;
    Ok(file)
}

/// The file that an import writes.
///
/// # Errors
/// [`StoreError`] where one of before can't be removed.
pub fn part(path: &Path) -> Result<Part> {
    Part::beside(path, "import")
}

/// A copy of the file in a transaction; nothing comes of it until it is [`put`] in the file's place.
///
/// # Errors
/// [`StoreError::Full`] where there is no room for it.
pub fn copy(path: &Path, part: &Part) -> Result<Connection> {
    let has_one = path.try_exists().map_err(io)?;
    if has_one {
        check(&open_reader(path)?)?;
        let size = fs::metadata(path).map_err(io)?.len();
        has_room(path, size)?;
        fs::copy(path, part.path()).map_err(io)?;
    }
    let file = open_copy(part.path())?;
    file.pragma_update(None, "cache_size", CACHE)?;
    // The file is thrown away where anything fails.
    file.execute_batch("BEGIN EXCLUSIVE")?;
    if !has_one {
        file.execute_batch(TABLES)?;
        file.pragma_update(None, "application_id", APPLICATION)?;
        file.pragma_update(None, "user_version", VERSION)?;
    }
    Ok(file)
}

/// Puts a changed copy in the place of the file, once it is on the disk.
///
/// # Errors
/// [`StoreError`] where it can't be written; the file is as it was then.
pub fn put(file: Connection, part: &Part, path: &Path) -> Result<()> {
    file.execute_batch("COMMIT")?;
    file.close().map_err(|(_, error)| error)?;
    let written = fs::File::open(part.path()).map_err(io)?;
    written.sync_all().map_err(io)?;
    fs::rename(part.path(), path).map_err(io)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let folder = fs::File::open(folder).map_err(io)?;
    folder.sync_all().map_err(io)
}

/// Whether so many more bytes leave room for what hosts report.
///
/// # Errors
/// [`StoreError::Full`] where they don't.
pub fn has_room(path: &Path, bytes: u64) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let needed = bytes.saturating_add(WAL_LIMIT.unsigned_abs());
    match room::of_disk(folder)?.free < needed {
        true => Err(StoreError::Full),
        false => Ok(()),
    }
}

fn check(file: &Connection) -> Result<()> {
    let number = |name| file.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let is_one = || Ok::<_, rusqlite::Error>((number("application_id")?, number("user_version")?));
    let why = match is_one() {
        Ok((APPLICATION, VERSION)) => return Ok(()),
        Ok(_) => "it is of another version of the server, or no file of feeds".to_owned(),
        Err(error) => error.to_string(),
    };
    Err(StoreError::Unavailable(format!(
        "the imported advisories can't be read ({why}): remove advisories.db from the data folder, \
         and import the feeds again"
    )))
}
