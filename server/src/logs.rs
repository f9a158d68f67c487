//! The log, on standard error: for people or for programs.

use clap::ValueEnum;
use serde::Deserialize;
use tracing_subscriber::EnvFilter;

use crate::audit;

/// How the log is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// A line an event, for people.
    #[default]
    Plain,
    /// An object a line, for programs.
    Json,
}

/// Starts the log. `ASSETMON_LOG` sets what is logged, as in `info` or `assetmon_server=debug`; the
/// audit log can't be left out.
pub fn start(format: LogFormat) {
    let filter = EnvFilter::try_from_env("ASSETMON_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let audit = format!("{}=info", audit::TARGET).parse();
    let filter = match audit {
        Ok(audit) => filter.add_directive(audit),
        Err(_) => filter,
    };
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // It would be said by a macro that panics where nothing can be written.
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Plain => {
            let colour = std::io::IsTerminal::is_terminal(&std::io::stderr());
            builder.with_ansi(colour).init();
        }
        LogFormat::Json => builder.json().init(),
    }
}
