//! One change: how it is made, and how it is answered.

use crate::store::{Result, StoreError, sqlite::ground::Ground};
use index::Change as Told;

/// Answers one change, once it is known what became of the commit.
pub(super) type Answer = Box<dyn FnOnce(Result<()>) + Send>;
/// Makes one change as part of a commit, or says why there is none.
pub(super) type Change =
    Box<dyn FnOnce(std::result::Result<&Ground<'_>, StoreError>) -> Made + Send>;

/// A change that was made, or failed.
pub(super) struct Made {
    /// What the index is told of it; `None` where it failed.
    pub(super) told: Option<Vec<Told>>,
    /// Answers it.
    pub(super) answer: Answer,
    /// Why the engine failed it, where it did.
    pub(super) broken: Option<String>,
}

impl Made {
    /// Nothing, of a change that nobody waits for any more.
    pub(super) fn nothing() -> Self {
        Self {
            told: None,
            answer: Box::new(|_| ()),
            broken: None,
        }
    }
}

/// Makes a change so that nothing of it is left where it fails.
pub(super) fn in_savepoint<T>(
    ground: &Ground<'_>,
    change: impl FnOnce(&Ground<'_>) -> Result<T>,
) -> Result<T> {
    let connection = ground.connection;
    let mark = ground.added.borrow().mark();
    connection.execute_batch("SAVEPOINT change")?;
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| change(ground)))
        .unwrap_or_else(|_| Err(StoreError::Engine("a change panicked".into())));
    if outcome.is_err() {
        ground.added.borrow_mut().back_to(mark);
    }
    if connection.is_autocommit() {
        // A full disk or a failed read took the transaction along, and the savepoint with it.
        return outcome.and(Err(StoreError::Full));
    }
    let end = match outcome {
        Ok(_) => "RELEASE change",
        Err(_) => "ROLLBACK TO change; RELEASE change",
    };
    connection.execute_batch(end)?;
    outcome
}
