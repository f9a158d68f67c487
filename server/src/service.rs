//! What whoever started the server is told of it (`sd_notify`): ready, alive, stopping. Where nobody
//! wants to be told, nothing is said.

use std::{sync::Arc, time::Duration};

use sd_notify::NotifyState;
use tokio::time::sleep;

use crate::store::Store;

/// Between two looks at a store that isn't ready yet.
const AGAIN: Duration = Duration::from_millis(100);
/// Pings within the time after which a server that sends none is taken to hang.
const PINGS: u32 = 4;

/// Says that the server is ready once its store answers. From then on says that it is alive, each time
/// after the store has answered and its writer has taken a change; a store that hangs is silence.
pub async fn tell(store: Arc<dyn Store>, listening: &str) {
    while store.ready().await.is_err() {
        sleep(AGAIN).await;
    }
    say(&[NotifyState::Ready, NotifyState::Status(listening)]);
    let Some(patience) = sd_notify::watchdog_enabled() else {
        return;
    };
    loop {
        match store.alive().await {
            Ok(()) => say(&[NotifyState::Watchdog]),
            Err(error) => tracing::error!(%error, "the watchdog isn't told that all is well"),
        }
        sleep(patience / PINGS).await;
    }
}

/// Says that the server is about to end.
pub fn stopping() {
    say(&[NotifyState::Stopping]);
}

fn say(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::warn!(%error, "whoever started the server can't be told how it is");
    }
}
