//! Work that takes long or waits, on threads where that holds up no connection.

use tokio::task::spawn_blocking;
use tracing::Span;

use crate::store::{Result, StoreError};

/// Does the work elsewhere, and waits for what comes of it. It goes on though nobody waits any more.
/// What it logs is said of the request that it is done for.
///
/// # Errors
/// [`StoreError::Engine`]: it panicked.
pub async fn elsewhere<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let request = Span::current();
    let done = spawn_blocking(move || request.in_scope(work)).await;
    done.map_err(|panic| StoreError::Engine(Box::new(panic)))
}
