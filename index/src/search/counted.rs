//! How much fits, and how far the counting of that has come.

use std::collections::HashMap;

use jiff::Timestamp;
use model::tally::Counts;

use super::counter::Counter;
use crate::{bits::Bits, marks::Marks};

/// How much fits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// Rows: pairs of an artifact and a run.
    pub rows: u64,
    /// What they are made of.
    pub counts: Counts,
    /// When the images that hold something that fits were first seen, whatever the time that is
    /// asked about. Nothing where the question is about some of their runs.
    pub first_seen: Option<Timestamp>,
    /// When a run of one of them last ended.
    pub last_seen: Option<Timestamp>,
    /// Whether one of them ran as of the pin, so that it was last seen then.
    pub runs: bool,
}

/// What comes of counting.
#[derive(Default)]
pub struct Counted {
    /// How much fits.
    pub total: Total,
    /// The artifacts that fit and that an image holds that counts.
    pub artifacts: Bits,
    /// The hosts of artifacts that no image holds together with another one that fits, where few
    /// fit: groups of them need no other walk along the runs.
    pub hosts: HashMap<u32, Marks>,
}

/// How far counting has come.
#[derive(Default)]
pub struct Counting {
    /// Images of all, or pieces of what fits, that were counted.
    pub place: usize,
    /// Of all artifacts, those that were looked at.
    pub looked_at: usize,
    /// What was counted.
    pub counter: Option<Counter>,
    /// Images that hold something that fits.
    pub met: Bits,
    /// What comes of it.
    pub counted: Counted,
}
