//! What a join is made of.

use std::collections::HashMap;

use super::lists::Hit;
use crate::bits::Bits;

/// Stands for the distribution of what is judged alike in images of any.
pub(super) const ANY: u32 = u32::MAX;

/// An artifact, and a distribution of images that hold it, by numbers.
pub(super) type Pair = (u32, u32);

/// An advisory by which something is affected or unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// The feed that has it, by the number that whoever judges gives it.
    pub(super) feed: i64,
    pub(super) id: Box<str>,
    pub(super) has_fix: bool,
}

/// What was found so far of what is new.
#[derive(Default)]
pub(super) struct Judged {
    pub(super) found: HashMap<Pair, Vec<Hit>>,
    /// Artifacts that any advisory has a key in common with.
    pub(super) meant: Bits,
    /// The advisories that have a number, by feed and id.
    pub(super) numbers: Option<HashMap<(i64, Box<str>), u32>>,
}
