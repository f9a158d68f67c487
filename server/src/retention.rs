//! The daily job that drops what nothing has run for long.

use std::{sync::Arc, time::Duration};

use jiff::SignedDuration;

use crate::{clock::Clock, store::Store};

/// How long after its start the server drops for the first time.
const FIRST: Duration = Duration::from_secs(600);
/// How long it waits between two times.
const PERIOD: Duration = Duration::from_secs(24 * 3600);
/// How long the writer is left to others between two steps.
const PAUSE: Duration = Duration::from_millis(100);

/// Drops, once a day and for ever, what ended longer ago than `keep`.
pub async fn run(store: Arc<dyn Store>, clock: Clock, keep: SignedDuration) {
    tokio::time::sleep(FIRST).await;
    loop {
        match once(store.as_ref(), &clock, keep).await {
            Ok(0) => tracing::debug!("nothing is old enough to be dropped"),
            Ok(rows) => tracing::info!(rows, "dropped what nothing has run for long"),
            Err(error) => tracing::warn!(%error, "dropping what is old failed: tomorrow again"),
        }
        tokio::time::sleep(PERIOD).await;
    }
}

/// Drops everything that is old enough, in small steps; says how many rows that were. Where the clock
/// has leapt of late, nothing is known to be old.
///
/// # Errors
/// The store's.
pub async fn once(
    store: &dyn Store,
    clock: &Clock,
    keep: SignedDuration,
) -> crate::store::Result<usize> {
    let steady = store.look_at_clock().await?;
    if !steady.is_believed() {
        tracing::info!(since = %steady.since, "nothing is dropped until the clock has gone its way for a week");
        return Ok(0);
    }
    let now = clock.now();
    let oldest_kept = now.checked_sub(keep).unwrap_or(now);
    let (mut rows, mut next) = (0, Some(0));
    while let Some(from) = next {
        let step = store.drop_older(oldest_kept, from).await?;
        (rows, next) = (rows + step.dropped, step.next);
        if next.is_some() {
            tokio::time::sleep(PAUSE).await;
        }
    }
    Ok(rows)
}
