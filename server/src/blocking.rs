//! Work that takes long or waits, on threads where that holds up no connection.

use tokio::task::spawn_blocking;

use crate::store::{Result, StoreError};

/// Does the work elsewhere, and waits for what comes of it. It goes on though nobody waits any more.
///
/// # Errors
/// [`StoreError::Engine`]: it panicked.
pub async fn elsewhere<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let done = spawn_blocking(work).await;
    done.map_err(|panic| StoreError::Engine(Box::new(panic)))
}
