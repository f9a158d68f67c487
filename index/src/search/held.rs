//! Which images hold what fits, from the artifact's side and from the image's.

use std::iter;

use super::{
    by_image::ByImage,
    fitting::{Fitting, held_by},
    look::Search,
};
use crate::bits::Bits;

/// Of so many artifacts, the pairs with their images are sorted by image; where more fit, what
/// each image holds is read.
const PAIRED: usize = 5000;

impl Search<'_> {
    /// Hands over the artifacts that fit, by number.
    pub(super) fn each_fitting(&self, mut take: impl FnMut(u32)) {
        match self.fitting() {
            Fitting::All => self.index.artifacts.all().for_each(take),
            Fitting::These(list) => list.iter().copied().for_each(take),
            Fitting::Held(pairs) => {
                for of_one in pairs.chunk_by(|(one, _), (other, _)| one == other) {
                    of_one.first().into_iter().for_each(|(one, _)| take(*one));
                }
            }
        }
    }

    /// The images that fit and hold an artifact that fits, rising, whether or not they run.
    pub(super) fn holding(&self, artifact: u32) -> impl Iterator<Item = u32> + '_ {
        let (held, posted) = match self.fitting() {
            Fitting::Held(pairs) => (held_by(pairs, artifact), None),
            _ => (&[][..], Some(self.posted(artifact))),
        };
        let held = held.iter().map(|(_, image)| *image);
        held.chain(iter::once(posted).flatten().flatten())
    }

    /// The images that fit and hold an artifact, whatever fits of that.
    pub(super) fn posted(&self, artifact: u32) -> impl Iterator<Item = u32> + '_ {
        let posted = self.index.postings.images(artifact);
        posted.filter(move |image| self.scope.holds(*image, artifact))
    }

    /// Whether an image that counts holds an artifact that fits.
    pub(super) fn counts(&self, artifact: u32) -> bool {
        let mut holding = self.holding(artifact);
        holding.any(|image| self.scope.containers(image) > 0)
    }

    /// The images that hold something that fits.
    pub(super) fn images(&self) -> Bits {
        match self.fitting() {
            Fitting::All => {
                let all = self.index.images.all().map(|(image, _)| image);
                let holds = |image: &u32| self.scope.set(*image).is_some_and(|set| set.len() > 0);
                all.filter(holds).collect()
            }
            _ => {
                let mut images = Bits::default();
                self.each_fitting(|artifact| {
                    for image in self.holding(artifact) {
                        images.insert(image);
                    }
                });
                images
            }
        }
    }

    /// What fits, to be asked for by image.
    pub(super) fn by_image(&self) -> ByImage {
        let mut pairs = Vec::new();
        match self.fitting() {
            Fitting::All => return ByImage::All,
            Fitting::These(list) if list.len() > PAIRED => {
                return ByImage::These(list.iter().copied().collect());
            }
            _ => self.each_fitting(|artifact| {
                pairs.extend(self.holding(artifact).map(|image| (image, artifact)));
            }),
        }
        pairs.sort_unstable();
        ByImage::Pairs(pairs)
    }

    /// Hands over what an image that fits holds of it, by number.
    pub(super) fn each_held(&self, by_image: &ByImage, image: u32, mut take: impl FnMut(u32)) {
        if let ByImage::Pairs(pairs) = by_image {
            held_by(pairs, image)
                .iter()
                .for_each(|(_, artifact)| take(*artifact));
            return;
        }
        let set = self.scope.set(image);
        let held = set.into_iter().flat_map(|set| set.artifacts());
        match by_image {
            ByImage::These(these) => held.filter(|one| these.contains(*one)).for_each(take),
            _ => held.for_each(take),
        }
    }
}
