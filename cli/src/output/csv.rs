//! Rows as comma-separated values.

use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};

use super::{
    row::{Column, Row},
    view::View,
};

/// Writes rows one by one; spreadsheet formulas stay the text that they are.
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
            .map(|column| row.cell(column.heading).render(view));
        self.writer.write_record(cells).map_err(into_io)
    }

    /// Ends.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
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
