//! Keeping up: the files are read again when they change, and the log says what comes of it.

use std::time::Duration;

use model::expiry::{Ending, ending};
use proto_types::Timestamp;
use tokio::{
    signal::unix::Signal,
    time::{Instant, interval},
};

use super::standing::Tls;
use crate::{blocking::elsewhere, clock::Clock};

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(5);
/// How often it is said that the certificate ends soon.
const SAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Keeps up until it is dropped. A broken pair is said once, however long it stays.
pub async fn keep_up(tls: Option<Tls>, clock: Clock, mut hangup: Signal) {
    let Some(tls) = tls else {
        // The signal ends no server, whether there is something to read again or not.
        while hangup.recv().await.is_some() {}
        return;
    };
    let mut looks = interval(LOOK);
    let mut said: Option<String> = None;
    let mut said_at: Option<Instant> = None;
    loop {
        let asked = tokio::select! {
            _ = looks.tick() => false,
            _ = hangup.recv() => true,
        };
        let again = tls.clone();
        let Ok(looked) = elsewhere(move || again.look_again()).await else {
            continue;
        };
        match looked {
            Ok(Some(expires_at)) => {
                tracing::info!(%expires_at, "a new certificate is in use");
                (said, said_at) = (None, None);
            }
            Ok(None) if asked => tracing::info!("the certificate is as it was"),
            Ok(None) => {}
            Err(error) => {
                let problem = format!("{error:#}");
                if asked || said.as_ref() != Some(&problem) {
                    tracing::error!(problem, "the old certificate stays in use");
                    said = Some(problem);
                }
            }
        }
        if said_at.is_none_or(|at| at.elapsed() >= SAY) {
            say_end(tls.status().expires_at, clock.now());
            said_at = Some(Instant::now());
        }
    }
}

fn say_end(expires_at: Timestamp, now: Timestamp) {
    match ending(expires_at, now) {
        Some(Ending::Over) => {
            tracing::error!(%expires_at, "the certificate has expired: no client trusts it");
        }
        Some(Ending::Soon(days)) => {
            tracing::warn!(%expires_at, days, "the certificate expires soon");
        }
        None => {}
    }
}
