//! A spinner on standard error, for whatever takes over half a second.

use std::{future::Future, pin::pin, time::Duration};

use indicatif::{ProgressBar, ProgressStyle};

/// How long nothing is shown.
const PATIENCE: Duration = Duration::from_millis(500);
/// How fast it turns.
const TURN: Duration = Duration::from_millis(120);

/// Waits for `work`, and shows that it waits where it takes long.
pub(crate) async fn shown<T>(is_wanted: bool, what: &str, work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    if !is_wanted {
        return work.await;
    }
    tokio::select! {
        done = &mut work => return done,
        () = tokio::time::sleep(PATIENCE) => {}
    }
    let spinner = ProgressBar::new_spinner().with_message(what.to_owned());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
        spinner.set_style(style);
    }
    let mut turn = tokio::time::interval(TURN);
    loop {
        tokio::select! {
            done = &mut work => {
                spinner.finish_and_clear();
                return done;
            }
            _ = turn.tick() => spinner.tick(),
        }
    }
}
