//! Standard error as a log writes to it.

use std::io::{self, Write};

use clap::ValueEnum;
use model::shown::{escaped_json, escaped_log_line};
use serde::Deserialize;

/// How a log is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// A line an event, for people.
    #[default]
    Plain,
    /// An object a line, for programs.
    Json,
}

/// Standard error, to which nothing goes that a terminal would obey, but for the log's own colors:
/// names come from hosts, from podman and from the server.
#[derive(Debug, Clone, Copy)]
pub struct Harmless {
    /// How the log is written.
    pub format: LogFormat,
    /// Whether it has colors.
    pub colored: bool,
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
