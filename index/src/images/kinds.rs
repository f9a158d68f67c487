//! Which kinds of packages a set has, in short, so that none of its artifacts needs to be looked at again: whether any is a
//! distribution's, and from which registries those are that belong to none of its packages.

use std::sync::atomic::{AtomicU64, Ordering};

use model::{advisory::Family, source};

/// Packages of a distribution.
const OF_DISTRIBUTION: u64 = 1 << 63;
/// It was looked.
const KNOWN: u64 = 1 << 62;

/// Kinds of packages. A registry has the bit of its family's number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kinds(u64);

/// The kinds of a set, once it was looked.
#[derive(Debug, Default)]
pub struct Noted(AtomicU64);

impl Kinds {
    /// That of a type of artifacts; none where nobody publishes advisories for it.
    pub fn of(artifact_type: &str) -> Self {
        if source::is_of_distribution(artifact_type) {
            return Self(OF_DISTRIBUTION);
        }
        let family = Family::of_artifacts(artifact_type);
        Self(family.map_or(0, |family| 1 << family as u32))
    }

    /// Both together.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of these are among them.
    pub const fn has(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// Whether packages of a distribution are among them.
    pub const fn has_of_distribution(self) -> bool {
        self.0 & OF_DISTRIBUTION != 0
    }

    /// The registries, a bit each.
    pub const fn registries(self) -> u64 {
        self.0 & !OF_DISTRIBUTION
    }
}

impl Noted {
    /// What is known, or else what a look says.
    pub fn get(&self, look: impl FnOnce() -> Kinds) -> Kinds {
        let known = self.0.load(Ordering::Relaxed);
        if known & KNOWN != 0 {
            return Kinds(known & !KNOWN);
        }
        let kinds = look();
        self.0.store(kinds.0 | KNOWN, Ordering::Relaxed);
        kinds
    }
}
