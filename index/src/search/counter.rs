//! Counts artifacts, images, containers and hosts, each once.

use model::tally::Counts;

use super::{finding::Pause, running::Running, scope::Scope};
use crate::bits::Bits;

/// What was counted so far; emptied, it can be used again.
pub struct Counter {
    artifacts: u64,
    images: Bits,
    containers: u64,
    /// The hosts, which are found last: those of all images together.
    running: Running,
}

impl Counter {
    /// A counter of what is in a scope.
    pub fn new(scope: &Scope<'_>) -> Self {
        Self {
            artifacts: 0,
            images: Bits::default(),
            containers: 0,
            running: Running::new(scope),
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
            }
        }
        self.artifacts += u64::from(rows > 0);
        rows
    }

    /// Finds the hosts of all that was counted in, until it is to pause.
    pub fn find_hosts(&mut self, scope: &Scope<'_>, pause: Pause<'_>) -> Option<()> {
        self.running.go_on(scope, &self.images, pause)
    }

    /// What was counted, with the hosts that were found; the counter is empty then.
    pub fn take_found(&mut self) -> Counts {
        let counts = Counts {
            artifacts: self.artifacts,
            images: self.images.len() as u64,
            containers: self.containers,
            hosts: self.running.take(),
        };
        (self.artifacts, self.containers) = (0, 0);
        self.images.clear();
        counts
    }

    /// What was counted, with its hosts; the counter is empty then.
    pub fn take(&mut self, scope: &Scope<'_>) -> Counts {
        // Nobody says to pause.
        let _ = self.find_hosts(scope, &|| false);
        self.take_found()
    }
}
