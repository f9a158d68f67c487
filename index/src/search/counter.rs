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
        self.add_each(scope, images, |image, hosts| {
            scope.each_host(image, |host| hosts.add(host));
        })
    }

    /// The same; besides, the artifact's hosts, where no image was counted before that holds it.
    pub fn add_apart(
        &mut self,
        scope: &Scope<'_>,
        images: impl Iterator<Item = u32>,
    ) -> (u64, Option<Marks>) {
        let mut all = std::mem::replace(&mut self.hosts, scope.no_hosts());
        let (before, mut held) = (self.images.len(), 0);
        let counting = images.inspect(|image| held += usize::from(scope.containers(*image) > 0));
        let rows = self.add(scope, counting);
        all.add_all(&self.hosts);
        let apart = std::mem::replace(&mut self.hosts, all);
        let is_whole = self.images.len() - before == held;
        (rows, is_whole.then_some(apart))
    }

    /// The same of an artifact whose hosts are known.
    pub fn add_known(
        &mut self,
        scope: &Scope<'_>,
        images: impl Iterator<Item = u32>,
        hosts: &Marks,
    ) -> u64 {
        self.hosts.add_all(hosts);
        self.add_each(scope, images, |_, _| {})
    }

    fn add_each(
        &mut self,
        scope: &Scope<'_>,
        images: impl Iterator<Item = u32>,
        walk: impl Fn(u32, &mut Marks),
    ) -> u64 {
        let mut rows = 0;
        for image in images {
            let containers = u64::from(scope.containers(image));
            rows += containers;
            if containers > 0 && self.images.insert(image) {
                self.containers += containers;
                walk(image, &mut self.hosts);
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
