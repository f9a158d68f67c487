//! The index behind its lock: one that tells, many that ask.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use index::Index;

/// The index as it is, which may be a commit behind the database, or ahead of a state of it.
pub struct Latest(RwLock<Index>);

impl Latest {
    /// Shares an index.
    pub const fn new(index: Index) -> Self {
        Self(RwLock::new(index))
    }

    /// The index, to be read. Who holds it already must not ask for it again.
    pub fn read(&self) -> RwLockReadGuard<'_, Index> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same, where it is to be had without a wait.
    pub fn try_read(&self) -> Option<RwLockReadGuard<'_, Index>> {
        self.0.try_read().ok()
    }

    /// The index, to be told.
    pub fn write(&self) -> RwLockWriteGuard<'_, Index> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}
