//! `-v` and `-vv`: what is asked and answered, on standard error.

use std::io;

use tracing_subscriber::EnvFilter;

/// Shows the requests at 1, and the HTTP client's own words besides at 2 and more.
///
/// Tokens travel in a header that neither of them prints.
pub(crate) fn start(level: u8) {
    let filter = match level {
        0 => return,
        1 => "client=debug,assetctl=debug",
        _ => "client=trace,assetctl=trace,reqwest=debug,hyper_util=debug",
    };
    let started = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter))
        .with_writer(io::stderr)
        .with_ansi(false)
        .without_time()
        .try_init();
    if let Err(error) = started {
        tracing::debug!(%error, "another subscriber is there");
    }
}
