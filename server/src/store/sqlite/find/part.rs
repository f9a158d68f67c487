//! What one page of an answer lists, and how much there is in all.

use proto_types::{CoverImage, FindResult, Group};

use crate::store::query::Cursor;

/// One page of an answer.
pub struct Part {
    /// What it lists.
    pub listed: Listed,
    /// How much there is in all.
    pub total: u64,
    /// Whether there is more than it lists.
    pub truncated: bool,
    /// Where the next page begins, where there can be one.
    pub next: Option<Cursor>,
}

/// What a page lists: what was asked for.
pub enum Listed {
    /// Where artifacts run.
    Results(Vec<FindResult>),
    /// How much runs, by something.
    Groups(Vec<Group>),
    /// Which images to rebuild first.
    Cover(Vec<CoverImage>),
}
