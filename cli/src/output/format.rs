//! The formats of an answer.

use clap::ValueEnum;

/// The formats of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Aligned columns, as wide as the terminal
    Table,
    /// Aligned columns, all of them and nothing cut
    Wide,
    /// The response document
    Json,
    /// One JSON object a line
    Ndjson,
    /// Comma-separated values, all columns
    Csv,
    /// Only the names, each once and sorted, one a line
    Name,
}
