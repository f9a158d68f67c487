//! The log: standard error, for people or for programs.

use std::io::{self, IsTerminal, Write};

use model::shown::escaped_lines;
use terminal::{Harmless, LogFormat};
use tracing_subscriber::{
    Layer, Registry,
    filter::{LevelFilter, Targets},
    fmt,
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use crate::settings::{LogLevel, Settings};

/// Starts the log as the settings want it.
pub(crate) fn start(settings: &Settings) {
    let level = match settings.log_level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    // Only what this project says: what libraries tell of a connection is nobody's business here.
    let ours = Targets::new()
        .with_default(LevelFilter::OFF)
        .with_target("assetmon_agent", level)
        .with_target("client", level);
    let terminal = io::stderr().is_terminal();
    let format = settings.log_format;
    let colored = terminal && format == LogFormat::Plain;
    let lines = fmt::layer()
        .with_writer(move || Harmless { format, colored })
        .with_target(false)
        .with_ansi(colored);
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match format {
        LogFormat::Json => lines.json().boxed(),
        // People at a terminal know the time, and the journal notes it by itself.
        LogFormat::Plain if terminal || std::env::var_os("JOURNAL_STREAM").is_some() => {
            lines.without_time().boxed()
        }
        LogFormat::Plain => lines.boxed(),
    };
    tracing_subscriber::registry()
        .with(lines.with_filter(ours))
        .init();
}

/// Says a last word on standard error, for whoever still listens there.
pub(crate) fn say(words: &str) {
    let _ = writeln!(io::stderr(), "{}", escaped_lines(words));
}

/// Prints a line that was asked for. Who closed standard output has read enough.
pub(crate) fn print(line: &str) {
    let _ = writeln!(io::stdout(), "{}", escaped_lines(line));
}
