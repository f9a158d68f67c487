//! Rows as comma-separated values, of which a spreadsheet executes nothing.

use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};

use super::{
    row::{Cell, Column, Row},
    view::View,
};

/// Writes rows one by one; what a spreadsheet would take for a formula gets a `'` in front.
pub(crate) struct Rows<W: Write> {
    writer: Writer<W>,
    columns: Vec<&'static Column>,
}

impl<W: Write> Rows<W> {
    /// Begins, with the columns' names where they are wanted.
    pub(crate) fn new(columns: Vec<&'static Column>, view: &View, to: W) -> io::Result<Self> {
        let mut rows = Self::going_on(columns, to);
        if view.headers {
            let names = rows.columns.iter().map(|column| column.heading.as_str());
            rows.writer.write_record(names).map_err(into_io)?;
        }
        Ok(rows)
    }

    /// Goes on below rows that were written before.
    pub(crate) fn going_on(columns: Vec<&'static Column>, to: W) -> Self {
        let writer = WriterBuilder::new()
            .terminator(Terminator::Any(b'\n'))
            .from_writer(to);
        Self { writer, columns }
    }

    /// Writes a row.
    pub(crate) fn push(&mut self, row: &impl Row, view: &View) -> io::Result<()> {
        let cells = self
            .columns
            .iter()
            .map(|column| harmless(&row.cell(column.heading), view));
        self.writer.write_record(cells).map_err(into_io)
    }

    /// Ends.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// A cell as text. Names come from whoever built an image, and a spreadsheet takes for a formula
/// what begins with one of these signs; a word alone, such as npm's `@scope/name`, calls nothing.
fn harmless(cell: &Cell, view: &View) -> String {
    let text = cell.render(view);
    let is_of_word = |one: char| one.is_ascii_alphanumeric() || "@/-_.".contains(one);
    let is_formula = match text.chars().next() {
        Some('=' | '\t' | '\r') => true,
        Some('+' | '-' | '@') => !text.chars().skip(1).all(is_of_word),
        _ => false,
    };
    match (cell, is_formula) {
        (Cell::Text(_), true) => format!("'{text}"),
        _ => text,
    }
}

/// The I/O error within, so that a reader that is gone can be told from a failure.
fn into_io(error: csv::Error) -> io::Error {
    let shown = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        _ => io::Error::other(shown),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Cell, View, harmless};

    #[test]
    fn what_a_spreadsheet_would_execute_is_text() {
        let view = View::plain(Timestamp::UNIX_EPOCH);
        for (text, written) in [
            (
                "=HYPERLINK(\"http://evil\")",
                "'=HYPERLINK(\"http://evil\")",
            ),
            ("-1+1|cmd", "'-1+1|cmd"),
            ("+1", "+1"),
            ("--server", "--server"),
            ("@SUM(1)", "'@SUM(1)"),
            ("@babel/core", "@babel/core"),
            ("openssl", "openssl"),
            ("1-2", "1-2"),
        ] {
            assert_eq!(harmless(&Cell::text(text), &view), written);
        }
    }
}
