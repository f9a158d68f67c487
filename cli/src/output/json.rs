//! Answers as JSON, with nothing in it that a terminal would obey.

use std::io::{self, Write};

use model::shown::escaped_json;
use serde::Serialize;

/// Writes one document over several lines.
pub(crate) fn document(
    value: &impl Serialize,
    writer: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    line_of(&serde_json::to_string_pretty(value)?, writer)
}

/// Writes one object on one line.
pub(crate) fn line(value: &impl Serialize, writer: &mut (impl Write + ?Sized)) -> io::Result<()> {
    line_of(&serde_json::to_string(value)?, writer)
}

fn line_of(json: &str, writer: &mut (impl Write + ?Sized)) -> io::Result<()> {
    writeln!(writer, "{}", escaped_json(json))
}
