//! What a column is: its name, the letter that orders by it, what a row has there, how it is cut.

use crate::{
    output::{Cell, row::Fit},
    tui::item::Item,
};

/// One column.
#[derive(Debug)]
pub(crate) struct Column {
    /// Its name, as it stands over it.
    pub(crate) name: &'static str,
    /// The letter that orders by it, together with Shift.
    pub(crate) letter: char,
    /// What happens to it where the terminal is narrow.
    pub(crate) fit: Fit,
    /// What a row has there.
    pub(crate) cell: fn(&Item) -> Cell,
    /// How it is drawn.
    pub(crate) look: Look,
}

/// How a column is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// As text.
    Text,
    /// As a bar of the row's share of the containers.
    Bar,
}
