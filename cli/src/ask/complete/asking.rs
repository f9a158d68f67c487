//! Asking the server while somebody types: all questions together have a moment, and whatever
//! fails is silence.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

use client::Client;

use crate::{
    completion::value_of,
    settings::{Settings, flags::ConnectionArgs},
};

/// How many values a shell is told at most.
pub(super) const MOST: u64 = 100;
/// How long a server may keep the shell waiting.
const PATIENCE: Duration = Duration::from_millis(300);

/// What the server says, where it says so in time: the server that the line names, if it does.
pub(super) fn ask<T>(question: impl AsyncFnOnce(&Client) -> Option<T>) -> Option<T> {
    let flags = ConnectionArgs {
        server: value_of("--server"),
        context: value_of("--context"),
        ..ConnectionArgs::default()
    };
    let client = Settings::resolve(&flags).ok()?.client().ok()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .ok()?;
    let answer = async { tokio::time::timeout(left(), question(&client)).await };
    runtime.block_on(answer).ok()?
}

/// What is left of the moment.
fn left() -> Duration {
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    PATIENCE.saturating_sub(BEGUN.get_or_init(Instant::now).elapsed())
}
