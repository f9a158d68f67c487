//! Rows to text: pure, and the same path for every list.
//!
//! A row type declares its columns once ([`Row`]); every format is made from them. Text that
//! comes from a server passes [`model::shown`] on its way, in whatever format.

pub(crate) mod bar;
pub(crate) mod columns;
pub(crate) mod console;
pub(crate) mod cover;
pub(crate) mod coverage;
pub(crate) mod csv;
pub(crate) mod details;
pub(crate) mod diff;
pub(crate) mod document;
pub(crate) mod evidence;
pub(crate) mod exposures;
pub(crate) mod fit;
pub(crate) mod flags;
pub(crate) mod footer;
mod format;
pub(crate) mod heading;
pub(crate) mod json;
pub(crate) mod list;
pub(crate) mod number;
pub(crate) mod row;
pub(crate) mod rows;
pub(crate) mod sink;
pub(crate) mod summary;
pub(crate) mod table;
pub(crate) mod time;
pub(crate) mod verdicts;
mod view;

pub(crate) use format::Format;
pub(crate) use heading::Heading;
pub(crate) use row::{Cell, Listed, Row, Tone};
pub(crate) use view::View;
