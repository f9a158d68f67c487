//! The counts: of each distribution, and of each registry.

use model::advisory::Family;

use super::of::Of;
use crate::{
    bits::numbers,
    extent::Extent,
    images::{Distro, Images},
};

/// How much runs of each distribution's packages and of each registry's, as of one commit.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    /// By number, those of which anything runs.
    distros: Vec<Option<(Distro, Extent)>>,
    /// By the numbers of families.
    registries: Vec<Extent>,
}

impl Counted {
    /// The distributions whose packages run, each with how much of what runs holds any.
    pub fn distros(&self) -> impl Iterator<Item = (&Distro, Extent)> {
        let known = self.distros.iter().flatten();
        known.map(|(distro, extent)| (distro, *extent))
    }

    /// How much runs of a registry's packages, without those that belong to packages of a distribution.
    pub fn of_registry(&self, family: Family) -> Extent {
        let known = self.registries.get(family as usize);
        known.copied().unwrap_or_default()
    }

    /// Changes each count that something belongs to.
    pub(super) fn change(&mut self, of: Of, images: &Images, change: impl Fn(&mut Extent)) {
        if let Some(distro) = images.distro_of(of.distro) {
            let slot = at(&mut self.distros, of.distro);
            if let Some(slot) = slot {
                let (_, extent) =
                    slot.get_or_insert_with(|| (Distro::clone(distro), Extent::default()));
                change(extent);
                // Its number may be another one's then.
                if *extent == Extent::default() {
                    *slot = None;
                }
            }
        }
        for family in numbers(0, of.registries) {
            at(&mut self.registries, family).map(&change);
        }
    }

    /// What it takes, in bytes.
    pub(super) fn size(&self) -> usize {
        self.distros.capacity() * size_of::<Option<(Distro, Extent)>>()
            + self.registries.capacity() * size_of::<Extent>()
    }
}

/// The slot of a number, which is made.
fn at<T: Clone + Default>(all: &mut Vec<T>, number: u32) -> Option<&mut T> {
    let place = number as usize;
    if place >= all.len() {
        all.resize(place + 1, T::default());
    }
    all.get_mut(place)
}
