//! Counts artifacts, images, containers and hosts, each once.

use model::tally::Counts;

use super::scope::Scope;
use crate::{bits::Bits, marks::Marks};

/// What was counted so far; emptied, it can be used again.
pub struct Counter {
    artifacts: u64,
    images: Bits,
    containers: u64,
    hosts: Marks,
}

impl Counter {
    /// A counter of what is in a scope.
    pub fn new(scope: &Scope<'_>) -> Self {
        Self {
            artifacts: 0,
            images: Bits::default(),
            containers: 0,
            hosts: scope.no_hosts(),
        }
    }

    /// Counts an artifact in that is held by these images, as far as they count; how many rows
    /// that is.
    pub fn add(&mut self, scope: &Scope<'_>, images: impl Iterator<Item = u32>) -> u64 {
        let mut rows = 0;
        for image in images {
            let containers = u64::from(scope.containers(image));
            rows += containers;
            if containers > 0 && self.images.insert(image) {
                self.containers += containers;
                scope.each_host(image, |host| self.hosts.add(host));
            }
        }
        self.artifacts += u64::from(rows > 0);
        rows
    }

    /// What was counted.
    pub fn counts(&self) -> Counts {
        Counts {
            artifacts: self.artifacts,
            images: self.images.len() as u64,
            containers: self.containers,
            hosts: self.hosts.count(),
        }
    }

    /// What was counted; the counter is empty then.
    pub fn take(&mut self) -> Counts {
        let counts = Counts {
            artifacts: self.artifacts,
            images: self.images.len() as u64,
            containers: self.containers,
            hosts: self.hosts.take(),
        };
        (self.artifacts, self.containers) = (0, 0);
        self.images.clear();
        counts
    }
}
