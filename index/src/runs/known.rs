//! What is known of an image by its runs, kept so that none needs to be looked at.

use crate::change::Seq;

/// What the runs of an image add up to as of the last commit, and what of it no run that is kept
/// tells any more. Times are milliseconds since 1970.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// The name that its newest run was started by, by the number of its text.
    pub name: u32,
    /// The commit that told of that run.
    pub named: Seq,
    /// When it was first seen.
    pub first: i64,
    /// When a run of it last ended.
    pub last: Option<i64>,
    /// The same as `first`, of what is kept of no run; the last moment there is where that is
    /// nothing.
    pub first_of_none: i64,
    /// The same as `last`, of what is kept of no run.
    pub last_of_none: Option<i64>,
}

/// When an image ran as of a commit, in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// When it was first seen.
    pub first: i64,
    /// When a run of it last ended.
    pub last: Option<i64>,
    /// Whether it ran.
    pub runs: bool,
}
