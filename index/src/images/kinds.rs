//! Which kinds of packages a set has, in short, so that none of its artifacts needs to be looked at again: whether any is a
//! distribution's, and from which registries those are that belong to none of its packages.

use model::{advisory::Family, source};

use crate::artifacts::{Artifacts, Kept};

/// Packages of a distribution.
const OF_DISTRIBUTION: u64 = 1 << 63;

/// Kinds of packages. A registry has the bit of its family's number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kinds(u64);

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

/// The kind of each type of artifacts, by its number.
#[derive(Debug, Default)]
pub struct OfTypes(Vec<Kinds>);

impl OfTypes {
    /// Those of artifacts, of all of which or of more types it was asked before, or of none.
    pub fn of(&mut self, artifacts: &Artifacts, numbers: &[u32]) -> Kinds {
        let known = self.0.len();
        self.0.extend(artifacts.kinds().skip(known).map(Kinds::of));
        numbers.iter().fold(Kinds::default(), |all, number| {
            let place = artifacts.kind_number(*number) as usize;
            let kind = self.0.get(place).copied().unwrap_or_default();
            let counts = !all.has(kind)
                && (kind.has_of_distribution() || !artifacts.at(*number).owned_by_os());
            if counts { all.and(kind) } else { all }
        })
    }
}
