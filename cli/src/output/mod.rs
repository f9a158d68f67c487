//! Rows to text: pure, and the same path for every list.
//!
//! A row type declares its columns once ([`Row`]); every format is made from them. Text that
//! comes from a server passes [`sanitize`] on its way, in whatever format.

pub(crate) mod cover;
pub(crate) mod coverage;
pub(crate) mod csv;
pub(crate) mod details;
pub(crate) mod diff;
pub(crate) mod evidence;
pub(crate) mod fit;
pub(crate) mod footer;
pub(crate) mod json;
pub(crate) mod list;
pub(crate) mod number;
pub(crate) mod row;
pub(crate) mod rows;
pub(crate) mod sanitize;
pub(crate) mod sink;
pub(crate) mod summary;
pub(crate) mod table;
pub(crate) mod time;

pub(crate) use row::{Cell, Column, Row, Tone};

use clap::ValueEnum;

use self::time::Times;

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

/// How rows become text, with everything decided.
pub(crate) struct View {
    /// The columns that were asked for, in their order.
    pub(crate) columns: Option<Vec<String>>,
    /// Whether the columns' names come first.
    pub(crate) headers: bool,
    /// How many columns of characters a line may take; none for no bound.
    pub(crate) width: Option<usize>,
    /// Whether image digests are cut to what people read aloud.
    pub(crate) short_digests: bool,
    /// How times are written.
    pub(crate) times: Times,
    /// Whether colours are wanted.
    pub(crate) colour: bool,
}
