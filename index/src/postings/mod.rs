//! Which images hold each artifact: two thirds of the artifacts are in one image, most others in a
//! few, some in thousands.
//!
//! One image stands where the list would; more are delta-coded. What was there when all was laid
//! out stands end to end, each list behind its length; what changed since has lists that can grow.
//! A bitmap would save a megabyte for the few hundred artifacts that are in thousands of images,
//! and cost a second way of writing.

mod changed;
mod laid_out;
mod place;

use crate::deltas;
use changed::Changed;
use place::Place;

/// All is laid out anew once what changed takes more bytes than this, and than half of the rest.
const CHANGED: usize = 1 << 20;

/// The images of all artifacts.
#[derive(Debug, Default)]
pub struct Postings {
    /// By the artifact's number, a [`Place`].
    of: Vec<u32>,
    laid_out: Vec<u8>,
    changed: Changed,
}

impl Postings {
    /// The images that hold an artifact, rising.
    #[inline]
    pub fn images(&self, artifact: u32) -> Images<'_> {
        match self.place(artifact) {
            Place::None => Images::One(None),
            Place::One(image) => Images::One(Some(image)),
            place => Images::Many(deltas::read(self.written(place))),
        }
    }

    /// Whether no image holds an artifact.
    pub fn is_empty(&self, artifact: u32) -> bool {
        self.place(artifact) == Place::None
    }

    /// Adds an image.
    pub fn add(&mut self, artifact: u32, image: u32) {
        match self.place(artifact) {
            Place::None => self.set_images(artifact, &[image]),
            Place::One(known) if known == image => {}
            Place::One(known) => {
                self.set_images(artifact, &[known.min(image), known.max(image)]);
            }
            Place::LaidOut(_) => {
                let written = self.written(self.place(artifact)).to_vec();
                let last = deltas::read(&written).last().unwrap_or_default();
                let list = self.changed.add(last, &written);
                self.set(artifact, Place::Changed(list));
                self.changed.push(list, image);
            }
            Place::Changed(list) => self.changed.push(list, image),
        }
    }

    /// Takes an image out.
    pub fn remove(&mut self, artifact: u32, image: u32) {
        let left: Vec<u32> = self.images(artifact).filter(|one| *one != image).collect();
        if let Place::Changed(list) = self.place(artifact) {
            self.changed.remove(list);
        }
        self.set_images(artifact, &left);
    }

    /// Lays the lists out in the order of the artifacts where much of them changed.
    pub fn settle(&mut self) {
        if self.changed.len() > CHANGED.max(self.laid_out.len() / 2) {
            self.lay_out();
        }
    }

    /// What takes memory, in bytes.
    pub fn size(&self) -> usize {
        self.of.capacity() * size_of::<u32>() + self.laid_out.capacity() + self.changed.size()
    }

    fn place(&self, artifact: u32) -> Place {
        Place::unpacked(self.of.get(artifact as usize).copied().unwrap_or_default())
    }

    /// The images of a place that stands for several, as [`deltas`] reads them.
    #[inline]
    fn written(&self, place: Place) -> &[u8] {
        match place {
            Place::None | Place::One(_) => &[],
            Place::LaidOut(start) => {
                let from = self.laid_out.get(start as usize..).unwrap_or_default();
                let mut length = deltas::read(from);
                let bytes = length.next().unwrap_or_default() as usize;
                length.left().get(..bytes).unwrap_or_default()
            }
            Place::Changed(list) => self.changed.get(list),
        }
    }

    /// Makes these the images of an artifact that has no list of those that changed.
    fn set_images(&mut self, artifact: u32, images: &[u32]) {
        let place = match images {
            [] => Place::None,
            [one] if Place::One(*one).packed().is_some() => Place::One(*one),
            [.., last] => {
                let written = deltas::pack(images);
                Place::Changed(self.changed.add(*last, &written))
            }
        };
        self.set(artifact, place);
    }

    fn set(&mut self, artifact: u32, place: Place) {
        let index = artifact as usize;
        if index >= self.of.len() {
            self.of.resize(index + 1, 0);
        }
        if let Some(of) = self.of.get_mut(index) {
            // There are never so many lists that a number of one doesn't fit.
            *of = place.packed().unwrap_or_default();
        }
    }
}

/// Images, rising.
#[derive(Debug, Clone)]
pub enum Images<'p> {
    /// One at most.
    One(Option<u32>),
    /// Several.
    Many(deltas::Deltas<'p>),
}

impl Iterator for Images<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        match self {
            Self::One(image) => image.take(),
            Self::Many(images) => images.next(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::Postings;
    use crate::deltas;

    /// What an image is called: some are close, some far apart.
    const fn image(step: u32) -> u32 {
        match step > 300 {
            true => step * 1000,
            false => step / 4,
        }
    }

    fn check(postings: &Postings, plain: &[BTreeSet<u32>]) -> Result<(), TestCaseError> {
        for (artifact, plain) in (0..).zip(plain) {
            prop_assert_eq!(postings.is_empty(artifact), plain.is_empty());
            prop_assert!(postings.images(artifact).eq(plain.iter().copied()));
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn an_artifacts_images_are_those_that_were_added_and_not_taken_out(
            held in prop::collection::btree_map(0..400_u32, prop::collection::vec(0..3_u32, 0..4), 0..20),
            steps in prop::collection::vec((0..3_u32, 0..9_u8, 0..400_u32), 0..120),
        ) {
            let held: BTreeMap<u32, Vec<u32>> = held
                .into_iter()
                .map(|(step, held)| (image(step), held))
                .collect();
            let sets: Vec<_> = held
                .iter()
                .flat_map(|(image, held)| held.iter().map(|one| (*image, deltas::pack(&[*one]))))
                .collect();
            let mut postings = Postings::of(|| {
                sets.iter().map(|(image, set)| (*image, deltas::read(set)))
            });
            let mut plain: [BTreeSet<u32>; 3] = Default::default();
            for (image, held) in held {
                for artifact in held {
                    plain[artifact as usize].insert(image);
                }
            }
            check(&postings, &plain)?;
            for (artifact, step, image_step) in steps {
                let image = image(image_step);
                match step {
                    0 => postings.lay_out(),
                    1..=3 => {
                        postings.remove(artifact, image);
                        plain[artifact as usize].remove(&image);
                    }
                    _ => {
                        postings.add(artifact, image);
                        plain[artifact as usize].insert(image);
                    }
                }
            }
            check(&postings, &plain)?;
            postings.lay_out();
            check(&postings, &plain)?;
        }
    }
}
