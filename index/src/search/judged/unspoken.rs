//! What no advisory speaks of: images of distributions that none is about. Of what they hold nothing
//! is known, whatever it is called there.

use model::source;

use super::{advisories::Advisories, distros::Distros};
use crate::{
    bits::Bits,
    search::{fitting::Fitting, look::Search},
};

impl Search<'_> {
    /// The images that count, hold a package of their distribution that fits, and are of one that no
    /// advisory speaks of; by distribution. Where all advisories are about languages' packages, they
    /// are only those that hold one of those that are `owned` by packages of their distribution.
    pub(super) fn unspoken(
        &self,
        distros: &mut Distros,
        advisories: &Advisories,
        owned: &Bits,
    ) -> Vec<(u32, Bits)> {
        let mut images = match advisories.speak_of_distributions() {
            true => self.with_packages(),
            false => Bits::default(),
        };
        for artifact in owned.iter() {
            for image in self.holding(artifact) {
                images.insert(image);
            }
        }
        let mut unspoken: Vec<(u32, Bits)> = Vec::new();
        for image in images.iter() {
            let counts = self.scope.containers(image) > 0;
            let distro = distros.of(self, image).filter(|_| counts);
            let Some(distro) = distro else { continue };
            if let Some((_, images)) = unspoken.iter_mut().find(|(one, _)| *one == distro) {
                images.insert(image);
            } else if !advisories.speak_of(distros.get(distro)) {
                unspoken.push((distro, [image].into_iter().collect()));
            }
        }
        unspoken.sort_by_cached_key(|(distro, _)| {
            let distro = distros.get(*distro);
            (distro.id.to_owned(), distro.version.to_owned())
        });
        unspoken
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
                set.is_some_and(|set| set.artifacts().any(is_package))
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
