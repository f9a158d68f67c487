//! Which kinds of packages run, by what each image holds in short: whether those of a distribution, and of which registries.

use model::advisory::Family;

use super::{finding::Pause, joined::Extent, look::Search};
use crate::{
    artifacts::Kept,
    bits::numbers,
    images::{Kinds, Set},
};

/// Registries whose packages run, without those that belong to packages of a distribution, and how far they were counted.
#[derive(Default)]
pub struct Registries {
    /// By the numbers of families.
    extents: Vec<Extent>,
    /// By host, a bit for each.
    hosts: Vec<u64>,
    /// The image that is next.
    image: u32,
}

impl Search<'_> {
    /// Counts the registries whose packages run, whatever artifacts fit, until it is to pause.
    pub fn count_registries(&self, counting: &mut Registries, pause: Pause<'_>) -> Option<()> {
        let of_types = self.kinds_of_types();
        let end = self.index.images.end() as u32;
        counting.begin(self.scope.end_of_hosts() as usize);
        while counting.image < end {
            let image = counting.image;
            counting.image += 1;
            let containers = u64::from(self.scope.containers(image));
            let Some(set) = self.scope.set(image).filter(|_| containers > 0) else {
                continue;
            };
            let registries = self.kinds_of(set, &of_types).registries();
            if registries != 0 {
                counting.add(registries, containers);
                self.scope
                    .each_host(image, |host| counting.add_host(host, registries));
            }
            if pause() {
                return None;
            }
        }
        counting.end();
        Some(())
    }

    /// The kinds of packages that a set has.
    pub(super) fn kinds_of(&self, set: &Set, of_types: &[Kinds]) -> Kinds {
        set.kinds.get(|| {
            let artifacts = &self.index.artifacts;
            set.artifacts().fold(Kinds::default(), |all, artifact| {
                let number = artifacts.kind_number(artifact) as usize;
                let kind = of_types.get(number).copied().unwrap_or_default();
                let counts = !all.has(kind)
                    && (kind.has_of_distribution() || !artifacts.at(artifact).owned_by_os());
                if counts { all.and(kind) } else { all }
            })
        })
    }

    /// The kind of each type, by its number.
    pub(super) fn kinds_of_types(&self) -> Vec<Kinds> {
        self.index.artifacts.kinds().map(Kinds::of).collect()
    }
}

impl Registries {
    fn begin(&mut self, hosts: usize) {
        self.extents.resize(64, Extent::default());
        if self.hosts.len() < hosts {
            self.hosts.resize(hosts, 0);
        }
    }

    fn add(&mut self, registries: u64, containers: u64) {
        for number in numbers(0, registries) {
            if let Some(extent) = self.extents.get_mut(number as usize) {
                extent.images += 1;
                extent.containers += containers;
            }
        }
    }

    fn add_host(&mut self, host: u32, registries: u64) {
        if let Some(known) = self.hosts.get_mut(host as usize) {
            *known |= registries;
        }
    }

    fn end(&mut self) {
        for registries in self.hosts.drain(..) {
            for number in numbers(0, registries) {
                if let Some(extent) = self.extents.get_mut(number as usize) {
                    extent.hosts += 1;
                }
            }
        }
    }

    /// Those that were counted, by name, each with how much of it runs.
    pub fn counted(&self) -> impl Iterator<Item = (Family, Extent)> {
        let all = Family::all().map(|family| (family, self.extents.get(family as usize).copied()));
        let all = all.map(|(family, extent)| (family, extent.unwrap_or_default()));
        all.filter(|(_, extent)| extent.images > 0)
    }
}
