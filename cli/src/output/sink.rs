//! The formats that need not see all rows at once: NDJSON, CSV, names.

use std::{collections::BTreeSet, io::Write};

use model::shown::escaped;

use super::{
    csv,
    format::Format,
    json,
    row::{self, Column, Row},
    view::View,
};
use crate::{
    error::{CliError, Result},
    words::suggest,
};

/// Takes rows one by one and writes them.
pub(crate) enum Sink<W: Write> {
    /// An object a line.
    Ndjson(W),
    /// A record a line.
    Csv(Box<csv::Rows<W>>),
    /// Each name once, sorted, at the end.
    Names(BTreeSet<String>, W),
}

impl<W: Write> Sink<W> {
    /// Begins in one of these formats.
    pub(crate) fn new(
        format: Format,
        view: &View,
        columns: &'static [Column],
        to: W,
    ) -> Result<Self> {
        match format {
            Format::Csv => {
                let rows = csv::Rows::new(chosen(columns, view, true)?, view, to)?;
                Ok(Self::Csv(Box::new(rows)))
            }
            Format::Name => Ok(Self::Names(BTreeSet::new(), to)),
            _ => Ok(Self::Ndjson(to)),
        }
    }

    /// Takes a row.
    pub(crate) fn push(&mut self, row: &impl Row, view: &View) -> Result<()> {
        match self {
            Self::Ndjson(writer) => json::line(row, writer)?,
            Self::Csv(rows) => rows.push(row, view)?,
            Self::Names(names, _) => {
                names.insert(row.name());
            }
        }
        Ok(())
    }

    /// Ends.
    pub(crate) fn finish(self) -> Result<()> {
        match self {
            Self::Ndjson(mut writer) => writer.flush()?,
            Self::Csv(rows) => rows.finish()?,
            Self::Names(names, mut writer) => {
                for name in names {
                    writeln!(writer, "{}", escaped(&name))?;
                }
                writer.flush()?;
            }
        }
        Ok(())
    }
}

/// Those of a list's columns that are wanted.
pub(crate) fn chosen(
    columns: &'static [Column],
    view: &View,
    all: bool,
) -> Result<Vec<&'static Column>> {
    row::select(columns, view.columns.as_deref(), all).map_err(|unknown| {
        CliError::failed(format!("there is no column `{}` here", unknown.name))
            .hint(suggest::hint(&unknown.name, unknown.known))
    })
}
