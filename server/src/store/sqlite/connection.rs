//! How a connection to the database is opened.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags};

use crate::store::{Result, StoreError};

/// SQLite from 3.7.0 to 3.51.2 can lose data where several connections share a WAL.
const OLDEST_GOOD_SQLITE: i32 = 3_051_003;
/// Statements that a connection keeps prepared.
const PREPARED: usize = 128;
/// Pages that the writer keeps, in KiB where negative, as SQLite has it.
const WRITER_CACHE: i64 = -16_384;
/// The same of a reader: what walks along many rows is asked of the index.
const READER_CACHE: i64 = -2_048;
/// How long another program that holds a lock is waited for.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// The WAL is cut back to this size once it has been taken over, in bytes.
pub const WAL_LIMIT: i64 = 64 << 20;

/// Refuses a SQLite that is known to lose data.
///
/// # Errors
/// [`StoreError::Unavailable`] naming the version.
pub fn check_sqlite() -> Result<()> {
    if rusqlite::version_number() >= OLDEST_GOOD_SQLITE {
        return Ok(());
    }
    Err(StoreError::Unavailable(format!(
        "SQLite {} can lose data under several connections: 3.51.3 or newer is needed",
        rusqlite::version()
    )))
}

/// Opens the one connection that writes, and makes the file where there is none.
///
/// # Errors
/// [`StoreError`] where the file can't be opened or is no database.
pub fn open_writer(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    // What is acknowledged must survive a power cut.
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "journal_size_limit", WAL_LIMIT)?;
    // The writer makes them, and looks at what comes of them.
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    configure(&connection)?;
    // A group of SBOMs touches many pages: written twice, they would cost twice.
    connection.pragma_update(None, "cache_size", WRITER_CACHE)?;
    connection.pragma_update(None, "cache_spill", false)?;
    Ok(connection)
}

/// Opens a connection that only reads.
///
/// # Errors
/// [`StoreError`] where the file can't be opened.
pub fn open_reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    configure(&connection)?;
    Ok(connection)
}

/// Opens a new file that a copy is written to. Whoever takes the copy away syncs it.
///
/// # Errors
/// [`StoreError`] where the file can't be made.
pub fn open_copy(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.pragma_update_and_check(None, "journal_mode", "off", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "off")?;
    configure(&connection)?;
    Ok(connection)
}

fn configure(connection: &Connection) -> Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "cache_size", READER_CACHE)?;
    // Mapped pages would count as the server's memory; the kernel keeps them as well without.
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn no_connection_maps_the_database_for_a_bad_sector_would_end_the_process() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.db");
        let copy = dir.path().join("copy.db");
        let writer = open_writer(&path).unwrap();
        writer.execute_batch("CREATE TABLE t (x)").unwrap();
        for connection in [
            writer,
            open_reader(&path).unwrap(),
            open_copy(&copy).unwrap(),
        ] {
            let mapped =
                connection.pragma_query_value(None, "mmap_size", |row| row.get::<_, i64>(0));
            assert_eq!(mapped.unwrap(), 0);
        }
    }
}
