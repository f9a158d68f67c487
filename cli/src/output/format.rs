//! The formats of an answer.

use clap::ValueEnum;

/// The formats of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Aligned columns, fitted to the terminal
    Table,
    /// Aligned columns, all of them, not truncated
    Wide,
    /// The response document
    Json,
    /// One JSON object per line
    Ndjson,
    /// Comma-separated values, all columns
    Csv,
    /// Names only, sorted, one per line
    Name,
}
