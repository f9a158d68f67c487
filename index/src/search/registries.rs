//! Which kinds of packages run, by what each image holds in short: whether those of a distribution, and of which registries.

use std::sync::Arc;

use model::advisory::Family;

use super::{finding::Pause, look::Search};
use crate::{bits::numbers, extent::Extent, spread::Counted};

/// Registries whose packages run, without those that belong to packages of a distribution, and how far they were counted.
#[derive(Default)]
pub struct Registries {
    /// By the numbers of families.
    extents: Vec<Extent>,
    /// By host, a bit for each.
    hosts: Vec<u64>,
    /// The image that is next.
    image: u32,
    /// What was known without counting.
    known: Option<Arc<Counted>>,
}

impl Search<'_> {
    /// Counts the registries whose packages run, whatever artifacts fit, until it is to pause.
    pub fn count_registries(&self, counting: &mut Registries, pause: Pause<'_>) -> Option<()> {
        if let Some(whole) = self.scope.whole() {
            counting.known = Some(Arc::clone(whole));
            return Some(());
        }
        let end = self.index.images.end() as u32;
        counting.begin(self.scope.end_of_hosts() as usize);
        while counting.image < end {
            let image = counting.image;
            counting.image += 1;
            let containers = u64::from(self.scope.containers(image));
            let Some(set) = self.scope.set(image).filter(|_| containers > 0) else {
                continue;
            };
            let registries = set.kinds.registries();
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
        let known = self.known.as_deref();
        let of = move |family: Family| match known {
            Some(known) => known.of_registry(family),
            None => self
                .extents
                .get(family as usize)
                .copied()
                .unwrap_or_default(),
        };
        let all = Family::all().map(move |family| (family, of(family)));
        all.filter(|(_, extent)| extent.images > 0)
    }
}
