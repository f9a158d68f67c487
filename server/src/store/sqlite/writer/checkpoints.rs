//! Checkpoints: what the WAL holds is taken over into the database, by the writer, which looks at
//! what came of it.
//!
//! SQLite would do it within a commit and say nothing of it: a disk that can't sync the database
//! would be nobody's, until the WAL that still holds what it lost was begun anew.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI32, Ordering},
    },
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, config::DbConfig, hooks::Wal, wal::CheckpointMode};

use crate::store::{Result, sqlite::connection::PATIENCE};

/// The WAL is taken over once it has so many pages of 4 KiB: 32 MiB.
const DUE: i32 = 8_192;
/// Where readers kept it from beginning anew, it is tried again after so many more: 4 MiB.
const AGAIN: i32 = 1_024;
/// From so many on, readers are waited for: 40 MiB.
const OVERDUE: i32 = 10_240;
/// For so long at a time. What the server itself asks of the rows is answered sooner.
const FOR_READERS: Duration = Duration::from_millis(200);

/// When the WAL of a connection is to be taken over.
pub(super) struct Checkpoints {
    /// Pages in it, as of the last commit.
    pages: Arc<AtomicI32>,
    /// From how many on it is tried next.
    next: i32,
}

impl Checkpoints {
    /// Those of the connection that writes. SQLite makes none by itself any more, but for the last
    /// one, as the connection is closed.
    ///
    /// # Errors
    /// The engine's.
    pub(super) fn of(connection: &mut Connection) -> Result<Self> {
        let pages = Arc::new(AtomicI32::new(0));
        let noted = Arc::clone(&pages);
        connection.wal_hook(Some(move |_: &mut Wal, pages| {
            noted.store(pages, Ordering::Relaxed);
            Ok(())
        }))?;
        Ok(Self { pages, next: DUE })
    }

    /// Takes the WAL over where that is due.
    ///
    /// # Errors
    /// The engine's: then what the database's file holds isn't known, and the WAL must stay.
    pub(super) fn run(&mut self, connection: &Connection) -> Result<()> {
        let pages = self.pages.load(Ordering::Relaxed);
        if pages < DUE {
            self.next = DUE;
        }
        if pages < self.next {
            return Ok(());
        }
        self.next = pages.saturating_add(AGAIN);
        if pages < OVERDUE {
            take_over(connection, CheckpointMode::PASSIVE)?;
            return Ok(());
        }
        connection.busy_timeout(FOR_READERS)?;
        let outcome = take_over(connection, CheckpointMode::RESTART);
        connection.busy_timeout(PATIENCE)?;
        if !outcome? {
            let megabytes = i64::from(pages) * 4 / 1_024;
            tracing::warn!(
                megabytes,
                "the WAL grows: somebody reads the database for long"
            );
        }
        Ok(())
    }
}

/// Takes all of the WAL over and empties it, where nobody else reads.
///
/// # Errors
/// As [`Checkpoints::run`].
pub fn take_over_all(connection: &Connection) -> Result<()> {
    take_over(connection, CheckpointMode::TRUNCATE)?;
    Ok(())
}

/// Leaves the WAL alone from now on, also as the connection is closed: it holds what may be in no
/// other place, and what opens the file next takes it over anew.
pub fn leave_alone(connection: &Connection) {
    let set = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    if let Err(error) = set {
        tracing::error!(%error, "the WAL can't be left alone");
    }
}

/// Whether all of it is done; a reader or another program may be in the way.
fn take_over(connection: &Connection, mode: CheckpointMode) -> Result<bool> {
    match connection.wal_checkpoint_v2(None::<&str>, mode) {
        Ok(_) => Ok(true),
        Err(error) => match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Ok(false),
            _ => Err(error.into()),
        },
    }
}
