//! The one path by which every list becomes text.

use std::io::Write;

use serde::Serialize;

use super::{
    format::Format,
    json,
    row::{Column, Row},
    sink::{Sink, chosen},
    table,
    view::View,
};
use crate::error::Result;

/// Writes the rows, or for JSON the document that they came in; answers the columns that there
/// was no room for.
pub(crate) fn write<D: Serialize, R: Row>(
    format: Format,
    view: &View,
    columns: &'static [Column],
    document: &D,
    rows: &[R],
    writer: &mut dyn Write,
) -> Result<Vec<&'static str>> {
    match format {
        Format::Json => json::document(document, writer)?,
        Format::Table | Format::Wide => {
            let columns = chosen(columns, view, format == Format::Wide)?;
            return Ok(table::write(rows, &columns, view, writer)?);
        }
        Format::Ndjson | Format::Csv | Format::Name => {
            let mut sink = Sink::new(format, view, columns, writer)?;
            for row in rows {
                sink.push(row, view)?;
            }
            sink.finish()?;
        }
    }
    Ok(Vec::new())
}
