//! The log, on standard error: for people or for programs.

use std::io::{self, IsTerminal};

use terminal::{Harmless, LogFormat};
use tracing_subscriber::EnvFilter;

use crate::audit;

/// Starts the log. `ASSETMON_LOG` sets what is logged where that isn't the `usual`, as in `info` or `assetmon_server=debug`; the
/// audit log can't be left out.
pub fn start(format: LogFormat, usual: &str) {
    let filter = EnvFilter::try_from_env("ASSETMON_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    let audit = format!("{}=info", audit::TARGET).parse();
    let filter = match audit {
        Ok(audit) => filter.add_directive(audit),
        Err(_) => filter,
    };
    let colored = format == LogFormat::Plain && io::stderr().is_terminal();
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // It would be said by a macro that panics where nothing can be written.
        .log_internal_errors(false)
        .with_ansi(colored)
        .with_writer(move || Harmless { format, colored });
    match format {
        LogFormat::Plain => builder.init(),
        LogFormat::Json => builder.json().with_span_list(false).init(),
    }
}
