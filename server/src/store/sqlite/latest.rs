//! The index behind its lock: one that tells, many that ask.

use std::sync::{
    PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
    atomic::{AtomicU64, Ordering},
};

use index::Index;

/// The index as it is, which may be a commit behind the database, or ahead of a state of it.
pub struct Latest {
    index: RwLock<Index>,
    drops: AtomicU64,
}

impl Latest {
    /// Shares an index.
    pub const fn new(index: Index) -> Self {
        Self {
            index: RwLock::new(index),
            drops: AtomicU64::new(0),
        }
    }

    /// The index, to be read. Who holds it already must not ask for it again.
    pub fn read(&self) -> RwLockReadGuard<'_, Index> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same, where it is to be had without a wait.
    pub fn try_read(&self) -> Option<RwLockReadGuard<'_, Index>> {
        self.index.try_read().ok()
    }

    /// What an image is called, by a short look.
    pub fn image_name(&self, image: u32) -> String {
        let index = self.read();
        index.image_name(image).unwrap_or_default().to_owned()
    }

    /// Whether somebody has it, to read it.
    #[cfg(test)]
    pub fn is_read(&self) -> bool {
        self.index.try_write().is_err()
    }

    /// How often artifacts were dropped: while that stays the same, an artifact that was known keeps
    /// its number.
    pub fn drops(&self) -> u64 {
        self.drops.load(Ordering::Acquire)
    }

    /// Notes that artifacts were dropped, while the index is being told.
    pub fn note_drop(&self) {
        self.drops.fetch_add(1, Ordering::AcqRel);
    }

    /// The index, to be told.
    pub fn write(&self) -> RwLockWriteGuard<'_, Index> {
        self.index.write().unwrap_or_else(PoisonError::into_inner)
    }
}
