//! Whoever waits for an answer: what is worked on for nobody ends, and so does what takes too long.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::store::{Result, StoreError};

/// After how long to ask again where there was no turn.
const AGAIN: Duration = Duration::from_secs(2);

/// Whoever waits. Once this is dropped, nobody does.
#[derive(Default)]
pub struct Asker(Arc<AtomicBool>);

impl Asker {
    /// Says once nobody waits any more.
    pub fn gone(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }
}

impl Drop for Asker {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A turn, which is waited for no longer than this.
///
/// # Errors
/// [`StoreError::Busy`] where there was none, [`StoreError::Unavailable`] while the server stops.
pub async fn turn(turns: &Arc<Semaphore>, patience: Duration) -> Result<OwnedSemaphorePermit> {
    let turn = timeout(patience, Arc::clone(turns).acquire_owned()).await;
    let turn = turn.map_err(|_| StoreError::Busy(AGAIN))?;
    turn.map_err(|_| StoreError::Unavailable("the server is stopping".to_owned()))
}
