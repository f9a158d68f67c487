//! How rows become text, with everything decided.

use jiff::{Timestamp, tz::TimeZone};

use super::time::Times;

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
    /// Whether colors are wanted.
    pub(crate) color: bool,
}

impl View {
    /// Everything in full and without colors, for a file or a clipboard; times in UTC.
    pub(crate) fn plain(now: Timestamp) -> Self {
        Self {
            columns: None,
            headers: true,
            width: None,
            short_digests: false,
            times: Times::new(now, false, TimeZone::UTC),
            color: false,
        }
    }
}
