//! What the index takes, by what it is for.

use crate::fleet::Index;

/// Bytes of memory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sizes {
    /// What is known of artifacts, and what finds them.
    pub artifacts: usize,
    /// Which images hold each artifact.
    pub postings: usize,
    /// Images, what each holds, and how much runs of what.
    pub images: usize,
    /// Runs.
    pub runs: usize,
    /// Hosts, and how they stand.
    pub hosts: usize,
}

impl Sizes {
    /// All of it.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.artifacts + self.postings + self.images + self.runs + self.hosts
    }
}

impl Index {
    /// What it takes, in bytes: what was asked of the allocator, which may take a little more.
    #[must_use]
    pub fn sizes(&self) -> Sizes {
        Sizes {
            artifacts: self.artifacts.size(),
            postings: self.postings.size(),
            images: self.images.size() + self.spread.size(),
            runs: self.runs.size(),
            hosts: self.hosts.size() + self.stand.size(),
        }
    }
}
