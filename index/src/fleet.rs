//! The index: everything that a question may be about, as of the last commit and of those before
//! it that pages may still stand for.

use jiff::{SignedDuration, Timestamp};

use crate::{
    artifacts::Artifacts,
    change::Seq,
    hosts::Hosts,
    images::Images,
    postings::Postings,
    runs::Runs,
    standing::{Stand, Standing},
};

/// The fleet in memory. It is asked by [`crate::Search`], told by [`Index::apply`], and read from
/// the store by [`crate::Loader`].
#[derive(Debug, Default)]
pub struct Index {
    pub(crate) seq: Seq,
    pub(crate) at: Timestamp,
    pub(crate) artifacts: Artifacts,
    pub(crate) postings: Postings,
    pub(crate) hosts: Hosts,
    pub(crate) images: Images,
    pub(crate) runs: Runs,
    pub(crate) stand: Stand,
    /// Artifacts that are dropped once no older set holds them.
    pub(crate) leaving: Vec<u32>,
}

impl Index {
    /// An index of nothing, before the first commit.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The last commit that was taken in.
    #[must_use]
    pub const fn seq(&self) -> Seq {
        self.seq
    }

    /// When that was.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// How the hosts stand, as of the last commit, by a clock that says `now`.
    #[must_use]
    pub fn standing(&self, silent_after: SignedDuration, now: Timestamp) -> Standing {
        self.stand.standing(silent_after, now)
    }
}
