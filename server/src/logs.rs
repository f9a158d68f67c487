//! The log, on standard error: for people or for programs.

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use clap::ValueEnum;
use model::shown::{escaped_json, escaped_lines, escaped_log_line};
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
    let colored = format == LogFormat::Plain && io::stderr().is_terminal();
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // It would be said by a macro that panics where nothing can be written.
        .log_internal_errors(false)
        .with_ansi(colored)
        .with_writer(move || Harmless { format, colored });
    match format {
        LogFormat::Plain => builder.init(),
        LogFormat::Json => builder.json().init(),
    }
}

/// Standard error, to which nothing goes that a terminal would obey, but for the log's own colors:
/// names come from hosts.
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

/// Shows the help that was asked for, or what is wrong with the arguments: without colors, for what
/// was typed may hold some of its own, and is shown in it.
pub fn show_usage(usage: &clap::Error) -> ExitCode {
    if usage.use_stderr() {
        let _ = write!(io::stderr(), "{}", escaped_lines(&usage.to_string()));
    } else {
        // A reader that is gone wants no help text either.
        let _ = usage.print();
    }
    ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2))
}
