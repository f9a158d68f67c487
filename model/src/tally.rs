//! A tally: how many artifacts, images, containers and hosts there are, each counted once.

use crate::ids::IdSet;

/// What was counted so far. Artifacts come one after the other, each with all its images at once.
#[derive(Debug, Default)]
pub struct Tally {
    artifacts: u64,
    last: Option<i64>,
    images: IdSet,
    containers: u64,
    hosts: IdSet,
}

/// How much there is, each thing counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Artifacts.
    pub artifacts: u64,
    /// Images that hold one of them.
    pub images: u64,
    /// Containers that run one of those.
    pub containers: u64,
    /// Hosts of those.
    pub hosts: u64,
}

impl Tally {
    /// Counts in that an image holds an artifact and runs in containers on these hosts, one for
    /// each container; whether the image is new.
    pub fn add(
        &mut self,
        artifact: i64,
        image: i64,
        hosts: impl ExactSizeIterator<Item = i64>,
    ) -> bool {
        if self.last != Some(artifact) {
            self.last = Some(artifact);
            self.artifacts += 1;
        }
        let new = self.images.insert(image);
        if new {
            self.containers += hosts.len() as u64;
            self.hosts.extend(hosts);
        }
        new
    }

    /// The counts.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        Counts {
            artifacts: self.artifacts,
            images: self.images.len(),
            containers: self.containers,
            hosts: self.hosts.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, Tally};

    #[test]
    fn whatever_is_shared_counts_once() {
        let mut tally = Tally::default();
        assert!(tally.add(1, 10, [100, 100, 101].into_iter()));
        assert!(tally.add(1, 11, [100].into_iter()));
        assert!(
            !tally.add(2, 10, [100, 100, 101].into_iter()),
            "known already"
        );
        let wanted = Counts {
            artifacts: 2,
            images: 2,
            containers: 4,
            hosts: 2,
        };
        assert_eq!(tally.counts(), wanted);
    }

    #[test]
    fn nothing_counts_as_nothing() {
        assert_eq!(Tally::default().counts(), Counts::default());
    }
}
