//! Where keys go, and the line for the user.

use super::line::Line;
use crate::output::Format;

/// Where keys go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mode {
    /// To the list.
    List,
    /// To the filter; the text is what it was before.
    Filter { line: Line, before: String },
    /// To the moment that is looked at.
    At(Line),
    /// To the palette, with the chosen line of it.
    Palette { line: Line, chosen: usize },
    /// To the help, scrolled by so many lines.
    Help { top: usize },
    /// To the details that lie over the list, scrolled by so many lines.
    Details { top: usize },
    /// To the choice of a file's format.
    Export { chosen: usize },
}

/// The formats that a view may be written in.
pub(crate) const FORMATS: [(Format, &str, &str); 6] = [
    (
        Format::Csv,
        "csv",
        "comma-separated values, for a spreadsheet",
    ),
    (
        Format::Json,
        "json",
        "one JSON document: a list of the rows",
    ),
    (Format::Ndjson, "ndjson", "a JSON object a line"),
    (Format::Table, "txt", "aligned columns"),
    (Format::Wide, "wide.txt", "aligned columns, all of them"),
    (Format::Name, "names", "only the names, one a line"),
];

/// A line for the user, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// Something was done.
    Done(String),
    /// Something can't be done.
    Refused(String),
    /// One more Ctrl-C leaves.
    LeaveNext,
}
