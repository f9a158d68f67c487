//! The log: standard error, for people or for programs.

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use model::shown::{escaped_json, escaped_lines, escaped_log_line};
use tracing_subscriber::{
    Layer, Registry,
    filter::{LevelFilter, Targets},
    fmt,
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use crate::settings::{LogFormat, LogLevel, Settings};

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

/// Standard error, to which nothing goes that a terminal would obey, but for the log's own colors:
/// names come from podman and from the server.
struct Harmless {
    format: LogFormat,
    colored: bool,
}

impl Write for Harmless {
    // A line comes as a whole.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(line);
        let shown = match self.format {
            LogFormat::Plain => escaped_log_line(&text, self.colored),
            LogFormat::Json => escaped_json(&text),
        };
        io::stderr().write_all(shown.as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// Says a last word on standard error, for whoever still listens there.
pub(crate) fn say(words: &str) {
    let _ = writeln!(io::stderr(), "{}", escaped_lines(words));
}

/// Prints a line that was asked for. Who closed standard output has read enough.
pub(crate) fn print(line: &str) {
    let _ = writeln!(io::stdout(), "{}", escaped_lines(line));
}

/// Shows the help that was asked for, or what is wrong with the arguments: without colors, for what
/// was typed may hold some of its own, and is shown in it.
pub(crate) fn show_usage(usage: &clap::Error) -> ExitCode {
    if usage.use_stderr() {
        let _ = write!(io::stderr(), "{}", escaped_lines(&usage.to_string()));
    } else {
        // A reader that is gone wants no help text either.
        let _ = usage.print();
    }
    ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2))
}
