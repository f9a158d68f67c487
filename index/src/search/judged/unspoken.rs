//! What no advisory speaks of: images of distributions that none on some vulnerability is about. Of what they
//! hold nothing is known then, whatever it is called there.

use std::collections::{BTreeMap, BTreeSet};

use model::source;

use super::{advisories::Advisories, distros::Distros};
use crate::{
    bits::Bits,
    extent::Extent,
    search::{finding::Pause, fitting::Fitting, look::Search},
};

/// A distribution, and what no advisory speaks of there.
pub(super) struct Unspoken {
    pub(super) distro: u32,
    /// Its images that count.
    pub(super) images: Of,
    /// How many vulnerabilities.
    pub(super) vulnerabilities: u64,
    /// The number of the first.
    pub(super) first: usize,
}

/// Images, or how much of them runs where that is known.
pub(super) enum Of<I = Bits> {
    Images(I),
    Known(Extent),
}

impl Of {
    pub(super) const fn as_ref(&self) -> Of<&Bits> {
        match self {
            Self::Images(images) => Of::Images(images),
            Self::Known(extent) => Of::Known(*extent),
        }
    }
}

/// By distribution the languages' packages that belong to packages of it, each behind the place of an
/// advisory by which it would or may be affected if it didn't.
pub(super) type Owned = BTreeMap<u32, Vec<(u32, u32)>>;

/// What images of one distribution hold.
struct Held<'o> {
    with_packages: Option<Of>,
    owned: &'o [(u32, u32)],
}

/// How far the distributions of images that count were looked at.
pub(super) struct Looking {
    waiting: Vec<u32>,
    /// By distribution the images that hold a package of it that fits; none that no image holds.
    with_packages: BTreeMap<u32, Of>,
    found: Vec<Unspoken>,
}

impl Search<'_> {
    /// The distributions that are to be looked at. Where all advisories are about languages' packages, they
    /// are only those that own one of those.
    pub(super) fn looking(
        &self,
        distros: &mut Distros,
        advisories: &Advisories,
        owned: &Owned,
    ) -> Looking {
        let mut with_packages = BTreeMap::new();
        if advisories.about_distributions().contains(&true) {
            with_packages = self.by_distro(distros);
        }
        let of_any: BTreeSet<u32> = with_packages.keys().chain(owned.keys()).copied().collect();
        let mut waiting: Vec<u32> = of_any.into_iter().collect();
        waiting.sort_by_cached_key(|distro| {
            let distro = distros.get(*distro);
            (distro.id.to_owned(), distro.version.to_owned())
        });
        waiting.reverse();
        Looking {
            waiting,
            with_packages,
            found: Vec::new(),
        }
    }

    /// Of each distribution that counts the images that hold a package of it that fits.
    fn by_distro(&self, distros: &mut Distros) -> BTreeMap<u32, Of> {
        if let Some(whole) = self.scope.whole() {
            let known = whole.distros();
            return known
                .map(|(distro, extent)| (distros.number(distro), Of::Known(extent)))
                .collect();
        }
        let mut images: BTreeMap<u32, Bits> = BTreeMap::new();
        for image in self.with_packages().iter() {
            if let Some(distro) = self.distro_that_counts(distros, image) {
                images.entry(distro).or_default().insert(image);
            }
        }
        let all = images.into_iter();
        all.map(|(distro, images)| (distro, Of::Images(images)))
            .collect()
    }

    /// The distribution of an image, where that counts.
    fn distro_that_counts(&self, distros: &mut Distros, image: u32) -> Option<u32> {
        let counts = self.scope.containers(image) > 0;
        distros.of(self, image).filter(|_| counts)
    }

    /// Looks on, until it is to pause; by id and version of the distributions.
    pub(super) fn look_on(
        &self,
        looking: &mut Looking,
        (distros, advisories, owned): (&mut Distros, &Advisories, &Owned),
        pause: Pause<'_>,
    ) -> Option<Vec<Unspoken>> {
        let about_distributions = advisories.about_distributions();
        while let Some(distro) = looking.waiting.pop() {
            let held = Held {
                with_packages: looking.with_packages.remove(&distro),
                owned: owned.get(&distro).map_or(&[], Vec::as_slice),
            };
            let one = self.look_at(distro, held, (distros, advisories), &about_distributions);
            looking.found.extend(one);
            if pause() && !looking.waiting.is_empty() {
                return None;
            }
        }
        Some(std::mem::take(&mut looking.found))
    }

    /// Looks at one distribution.
    fn look_at(
        &self,
        distro: u32,
        Held {
            with_packages,
            owned,
        }: Held<'_>,
        (distros, advisories): (&mut Distros, &Advisories),
        about_distributions: &[bool],
    ) -> Option<Unspoken> {
        let all = &advisories.vulnerabilities;
        let spoken_of = advisories.about(distros.get(distro));
        let owners: BTreeSet<usize> = owned.iter().map(|(place, _)| *place as usize).collect();
        let of_owners = all.spoken_of(|place| owners.contains(&place));
        let has_packages = with_packages.is_some();
        let of_packages = |number: usize| has_packages && about_distributions[number];
        let is_unspoken =
            |number: &usize| !spoken_of[*number] && (of_packages(*number) || of_owners[*number]);
        let unspoken = || (0..all.len()).filter(is_unspoken);
        let first = unspoken().next()?;
        let any_of_packages = unspoken().any(of_packages);
        let with_packages = with_packages.filter(|_| any_of_packages);
        let speaking = all.speaking_of(|number| !spoken_of[number]);
        let owned = owned.iter().filter(|(place, _)| speaking[*place as usize]);
        let artifacts: BTreeSet<u32> = owned.map(|(_, artifact)| *artifact).collect();
        Some(Unspoken {
            distro,
            images: self.and_holding(with_packages, &artifacts, (distro, distros)),
            vulnerabilities: unspoken().count() as u64,
            first,
        })
    }

    /// Images of a distribution, with those that hold one of these artifacts.
    fn and_holding(
        &self,
        images: Option<Of>,
        artifacts: &BTreeSet<u32>,
        (distro, distros): (u32, &mut Distros),
    ) -> Of {
        let mut holding = Bits::default();
        for artifact in artifacts {
            for image in self.holding(*artifact) {
                if self.distro_that_counts(distros, image) == Some(distro) {
                    holding.insert(image);
                }
            }
        }
        let has_packages = |image| {
            let set = self.scope.set(image);
            set.is_some_and(|set| set.kinds.has_of_distribution())
        };
        let mut all = match images {
            Some(Of::Known(extent)) if holding.each().all(has_packages) => {
                return Of::Known(extent);
            }
            Some(Of::Known(_)) => {
                let all = self.with_packages();
                let is_of = |image: &u32| self.distro_that_counts(distros, *image) == Some(distro);
                all.iter().filter(is_of).collect()
            }
            Some(Of::Images(images)) => images,
            None => Bits::default(),
        };
        for image in holding.each() {
            all.insert(image);
        }
        Of::Images(all)
    }

    /// The images that hold a package of their distribution that fits.
    fn with_packages(&self) -> Bits {
        let artifacts = &self.index.artifacts;
        let kinds: Vec<bool> = artifacts.kinds().map(source::is_of_distribution).collect();
        let is_package = |artifact: u32| {
            let kind = artifacts.kind_number(artifact) as usize;
            kinds.get(kind).is_some_and(|is| *is)
        };
        if let Fitting::All = self.fitting() {
            let all = self.index.images.all().map(|(image, _)| image);
            let holds = |image: &u32| {
                let set = self.scope.set(*image);
                set.is_some_and(|set| set.kinds.has_of_distribution())
            };
            return all.filter(holds).collect();
        }
        let mut images = Bits::default();
        self.each_fitting(|artifact| {
            if is_package(artifact) {
                for image in self.holding(artifact) {
                    images.insert(image);
                }
            }
        });
        images
    }
}
