//! The formats that need not see all rows at once: NDJSON, CSV, names.

use std::{collections::BTreeSet, io::Write};

use super::{
    csv,
    format::Format,
    json,
    row::{self, Row},
    sanitize::sanitize,
    view::View,
};
use crate::{
    error::{CliError, Result},
    words::suggest,
};

/// Takes rows one by one and writes them.
pub(crate) enum Sink<R: Row, W: Write> {
    /// An object a line.
    Ndjson(W),
    /// A record a line.
    Csv(Box<csv::Rows<R, W>>),
    /// Each name once, sorted, at the end.
    Names(BTreeSet<String>, W),
}

impl<R: Row, W: Write> Sink<R, W> {
    /// Begins in one of these formats.
    pub(crate) fn new(format: Format, view: &View, to: W) -> Result<Self> {
        match format {
            Format::Csv => {
                let rows = csv::Rows::new(columns(view, true)?, view, to)?;
                Ok(Self::Csv(Box::new(rows)))
            }
            Format::Name => Ok(Self::Names(BTreeSet::new(), to)),
            _ => Ok(Self::Ndjson(to)),
        }
    }

    /// Takes a row.
    pub(crate) fn push(&mut self, row: &R, view: &View) -> Result<()> {
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
                    writeln!(writer, "{}", sanitize(&name))?;
                }
                writer.flush()?;
            }
        }
        Ok(())
    }
}

/// The columns that are wanted of a row type.
pub(crate) fn columns<R: Row>(view: &View, all: bool) -> Result<Vec<&'static row::Column<R>>> {
    row::select(view.columns.as_deref(), all).map_err(|unknown| {
        CliError::failed(format!("there is no column `{}` here", unknown.name))
            .hint(suggest::hint(&unknown.name, unknown.known))
    })
}
