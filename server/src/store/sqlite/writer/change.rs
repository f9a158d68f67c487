//! One change: how it is made, and how it is answered.

use index::Change as Told;
use model::moment::Moment;
use rusqlite::Connection;

use crate::store::{Result, StoreError};

/// Answers one change, once it is known what became of the commit.
pub(super) type Answer = Box<dyn FnOnce(Result<()>) + Send>;
/// Makes one change, as part of a commit.
pub(super) type Change = Box<dyn FnOnce(&Connection, Moment) -> Made + Send>;

/// A change that was made, or failed.
pub(super) struct Made {
    /// What the index is told of it; `None` where it failed.
    pub(super) told: Option<Vec<Told>>,
    /// Answers it.
    pub(super) answer: Answer,
}

/// Makes a change so that nothing of it is left where it fails.
pub(super) fn in_savepoint<T>(
    connection: &Connection,
    change: impl FnOnce(&Connection) -> Result<T>,
) -> Result<T> {
    connection.execute_batch("SAVEPOINT change")?;
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| change(connection)))
        .unwrap_or_else(|_| Err(StoreError::Engine("a change panicked".into())));
    if connection.is_autocommit() {
        // A full disk took the transaction along, and the savepoint with it.
        return outcome.and(Err(StoreError::Full));
    }
    let end = match outcome {
        Ok(_) => "RELEASE change",
        Err(_) => "ROLLBACK TO change; RELEASE change",
    };
    connection.execute_batch(end)?;
    outcome
}
