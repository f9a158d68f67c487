//! Backups: a copy of the database as of one commit, made beside it and checked before it is given
//! away.
//!
//! The copy is taken page by page within one transaction that only reads, so that no commit makes it
//! begin anew. It needs as much room as the database, for as long as it takes to send it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use rusqlite::{Connection, backup::StepResult};
use tokio::sync::Semaphore;

use crate::{
    blocking::elsewhere,
    store::{Backup, Result, StoreError},
};

use super::{
    commits,
    connection::{WAL_LIMIT, open_copy, open_reader},
    part::{Part, io},
    room,
};

/// What ends the name of the file that a copy is written to.
const ENDING: &str = "backup";
/// Pages that are copied at a time.
const PIECE: i32 = 1_024;

/// Where backups are taken, one at a time.
pub struct Backups {
    database: PathBuf,
    turn: Arc<Semaphore>,
}

impl Backups {
    /// Backups of a database. What a server of before left of one is removed.
    ///
    /// # Errors
    /// [`StoreError`] where that can't be done.
    pub fn of(database: &Path) -> Result<Self> {
        Part::beside(database, ENDING)?;
        Ok(Self {
            database: database.to_owned(),
            turn: Arc::new(Semaphore::new(1)),
        })
    }

    /// Takes one.
    ///
    /// # Errors
    /// [`StoreError::Full`] where there is no room for it, [`StoreError::Unavailable`] while another
    /// one is taken or sent, [`StoreError::Engine`] where it doesn't pass its check.
    pub async fn take(&self) -> Result<Backup> {
        let turn = Arc::clone(&self.turn).try_acquire_owned().map_err(|_| {
            StoreError::Unavailable("another backup is being taken or sent".to_owned())
        })?;
        let database = self.database.clone();
        elsewhere(move || copy(&database, turn)).await?
    }
}

fn copy(database: &Path, turn: tokio::sync::OwnedSemaphorePermit) -> Result<Backup> {
    let part = Part::beside(database, ENDING)?;
    let mut source = open_reader(database)?;
    let state = source.transaction()?;
    // The first thing that is read, so that this is the commit that the copy is of.
    let as_of = commits::last(&state)?.map(|last| last.at);
    has_room(database, &state)?;
    let rows = rows(&state)?;
    let mut copy = open_copy(part.path())?;
    fill(&state, &mut copy)?;
    // From now on the WAL may be taken over.
    drop(state);
    check(&copy, &rows)?;
    copy.close().map_err(|(_, error)| error)?;
    let file = fs::File::open(part.path()).map_err(io)?;
    let bytes = file.metadata().map_err(io)?.len();
    Ok(Backup {
        file,
        bytes,
        as_of,
        turn,
    })
}

/// Whether the copy leaves so much room that changes find some.
fn has_room(database: &Path, state: &Connection) -> Result<()> {
    let size = |name| state.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let needed = size("page_count")?
        .saturating_mul(size("page_size")?)
        .saturating_add(WAL_LIMIT);
    if room::of_disk(database)?.free < needed.unsigned_abs() {
        return Err(StoreError::Full);
    }
    Ok(())
}

fn fill(state: &Connection, copy: &mut Connection) -> Result<()> {
    let copying = rusqlite::backup::Backup::new(state, copy)?;
    loop {
        match copying.step(PIECE)? {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            _ => {
                let locked = "the database can't be copied: it is locked".to_owned();
                return Err(StoreError::Unavailable(locked));
            }
        }
    }
}

/// Whether the copy is whole: by SQLite's own word, and by the rows of each table.
fn check(copy: &Connection, expected: &[(String, i64)]) -> Result<()> {
    // One file, whatever it is copied to: without this it would need a WAL beside it.
    copy.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
    let said: String = copy.pragma_query_value(None, "integrity_check", |row| row.get(0))?;
    let strangers = copy.prepare("PRAGMA foreign_key_check")?.exists([])?;
    if said != "ok" || strangers || rows(copy)? != expected {
        let failed = format!("a copy of the database is not whole: integrity_check says {said}");
        return Err(StoreError::Engine(failed.into()));
    }
    Ok(())
}

/// Each table with its number of rows.
fn rows(connection: &Connection) -> Result<Vec<(String, i64)>> {
    let mut tables =
        connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
    let names = tables.query_map([], |row| row.get::<_, String>(0))?;
    names
        .map(|name| {
            let name = name?;
            let count = format!("SELECT count(*) FROM \"{name}\"");
            let rows = connection.query_row(&count, [], |row| row.get(0))?;
            Ok((name, rows))
        })
        .collect()
}
