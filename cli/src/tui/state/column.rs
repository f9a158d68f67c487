//! A column of a list on the screen: which one, the letter that orders by it, how it gives way.

use crate::output::{Heading, row::Fit};

/// One column.
#[derive(Debug)]
pub(crate) struct Column {
    /// What it shows, under its name.
    pub(crate) heading: Heading,
    /// The letter that orders by it, together with Shift; a bar has no order.
    pub(crate) letter: Option<char>,
    /// What happens to it where the terminal is narrow.
    pub(crate) fit: Fit,
}

impl Column {
    /// A column that leaves where the terminal is narrow.
    pub(crate) const fn new(heading: Heading, letter: char) -> Self {
        Self {
            heading,
            letter: Some(letter),
            fit: Fit::Leave,
        }
    }

    /// The bar of a row's share of the containers.
    pub(crate) const fn bar() -> Self {
        Self {
            heading: Heading::Share,
            letter: None,
            fit: Fit::Leave,
        }
    }

    /// The same, giving way in another manner.
    #[must_use]
    pub(crate) const fn with(mut self, fit: Fit) -> Self {
        self.fit = fit;
        self
    }

    /// Whether it is drawn as a bar, and not as text.
    pub(crate) const fn is_bar(&self) -> bool {
        matches!(self.heading, Heading::Share)
    }
}
