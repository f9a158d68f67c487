//! What the writer's thread has done so far, as anybody may look at it.

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use crate::store::Work;

/// What was done since the start.
#[derive(Default)]
pub(super) struct Done {
    changes: AtomicU64,
    commits: AtomicU64,
    nanoseconds: AtomicU64,
}

impl Done {
    /// A group of so many changes was committed, or refused together, which took so long.
    pub(super) fn group(&self, changes: usize, took: Duration) {
        self.changes.fetch_add(changes as u64, Relaxed);
        self.commits.fetch_add(1, Relaxed);
        let nanoseconds = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        self.nanoseconds.fetch_add(nanoseconds, Relaxed);
    }

    /// All of it.
    pub(super) fn work(&self) -> Work {
        Work {
            changes: self.changes.load(Relaxed),
            commits: self.commits.load(Relaxed),
            busy: Duration::from_nanos(self.nanoseconds.load(Relaxed)),
            ..Work::default()
        }
    }
}
