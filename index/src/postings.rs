//! Which images hold each artifact: two thirds of the artifacts are in one image, most others in a
//! few, some in thousands.
//!
//! One image stands where the list would; more are delta-coded. A bitmap would save a megabyte for
//! the few hundred artifacts that are in thousands of images, and cost a second way of writing.

use crate::{
    deltas,
    lists::{List, Lists},
};

/// Where the images of an artifact are written.
#[derive(Debug, Clone, Copy)]
enum Posting {
    /// In none.
    None,
    /// In this one.
    One(u32),
    /// In these: the last one in four bytes, so that a later one can be added without reading the
    /// others, then all of them.
    Many(List),
}

/// How many bytes the last image takes.
const LAST: usize = 4;
/// The length that says that an image stands where a list would.
const ONE: u32 = u32::MAX;

impl Posting {
    /// In eight bytes, where an enum would take twelve.
    const fn packed(self) -> (u32, u32) {
        match self {
            Self::None => (0, 0),
            Self::One(image) => (image, ONE),
            Self::Many(list) => list.parts(),
        }
    }

    const fn unpacked(packed: (u32, u32)) -> Self {
        match packed {
            (_, 0) => Self::None,
            (image, ONE) => Self::One(image),
            (start, len) => Self::Many(List::of(start, len)),
        }
    }
}

/// The images of all artifacts.
#[derive(Debug, Default)]
pub struct Postings {
    /// By the artifact's number.
    of: Vec<(u32, u32)>,
    bytes: Lists<u8>,
}

impl Postings {
    /// The images that hold an artifact, rising.
    #[inline]
    pub fn images(&self, artifact: u32) -> Images<'_> {
        match self.posting(artifact) {
            Posting::None => Images::One(None),
            Posting::One(image) => Images::One(Some(image)),
            Posting::Many(list) => Images::Many(deltas::read(self.rest(list))),
        }
    }

    /// Whether no image holds an artifact.
    pub fn is_empty(&self, artifact: u32) -> bool {
        matches!(self.posting(artifact), Posting::None)
    }

    /// Adds an image.
    pub fn add(&mut self, artifact: u32, image: u32) {
        let added = match self.posting(artifact) {
            Posting::None => Posting::One(image),
            Posting::One(known) if known == image => return,
            Posting::One(known) => self.many(&[known.min(image), known.max(image)]),
            Posting::Many(list) => match self.last(list) {
                last if last < image => self.append(list, last, image),
                _ => self.insert(list, image),
            },
        };
        self.set(artifact, added);
    }

    /// Takes an image out.
    pub fn remove(&mut self, artifact: u32, image: u32) {
        let left: Vec<u32> = self.images(artifact).filter(|one| *one != image).collect();
        if let Posting::Many(mut list) = self.posting(artifact) {
            self.bytes.replace(&mut list, &[]);
        }
        let left = match left.as_slice() {
            [] => Posting::None,
            [one] => Posting::One(*one),
            many => self.many(many),
        };
        self.set(artifact, left);
    }

    /// Lays the lists out in the order of the artifacts.
    pub fn lay_out(&mut self) {
        let posted = self.of.iter().map(|packed| Posting::unpacked(*packed));
        let mut lists: Vec<List> = posted
            .filter_map(|posting| match posting {
                Posting::Many(list) => Some(list),
                Posting::None | Posting::One(_) => None,
            })
            .collect();
        self.bytes.lay_out(&mut lists);
        let mut laid_out = lists.into_iter();
        for packed in &mut self.of {
            if let Posting::Many(_) = Posting::unpacked(*packed) {
                *packed = laid_out.next().map_or((0, 0), List::parts);
            }
        }
        self.of.shrink_to_fit();
    }

    fn posting(&self, artifact: u32) -> Posting {
        Posting::unpacked(self.of.get(artifact as usize).copied().unwrap_or_default())
    }

    fn set(&mut self, artifact: u32, posting: Posting) {
        let place = artifact as usize;
        if place >= self.of.len() {
            self.of.resize(place + 1, (0, 0));
        }
        if let Some(of) = self.of.get_mut(place) {
            *of = posting.packed();
        }
    }

    fn many(&mut self, images: &[u32]) -> Posting {
        let mut list = List::default();
        let last = images.last().copied().unwrap_or_default();
        self.bytes.extend(&mut list, &last.to_le_bytes());
        self.bytes.extend(&mut list, &deltas::pack(images));
        Posting::Many(list)
    }

    fn append(&mut self, mut list: List, last: u32, image: u32) -> Posting {
        let mut written = Vec::with_capacity(5);
        deltas::write(&mut written, image - last);
        self.bytes.extend(&mut list, &written);
        let head = self.bytes.get_mut(list).get_mut(..LAST);
        if let Some(head) = head {
            head.copy_from_slice(&image.to_le_bytes());
        }
        Posting::Many(list)
    }

    /// Adds an image in front of the last one. What stands behind it stays as it is written.
    fn insert(&mut self, mut list: List, image: u32) -> Posting {
        let written = self.bytes.get(list);
        let mut read = deltas::read(self.rest(list));
        let (mut before, mut place) = (0, LAST);
        while let Some(next) = read.next() {
            if next == image {
                return Posting::Many(list);
            }
            if next > image {
                let mut bytes = written.get(..place).unwrap_or_default().to_vec();
                deltas::write(&mut bytes, image - before);
                deltas::write(&mut bytes, next - image);
                bytes.extend_from_slice(read.left());
                self.bytes.replace(&mut list, &bytes);
                return Posting::Many(list);
            }
            (before, place) = (next, written.len() - read.left().len());
        }
        Posting::Many(list)
    }

    fn last(&self, list: List) -> u32 {
        let head = self.bytes.get(list).first_chunk::<LAST>();
        head.map_or(u32::MAX, |head| u32::from_le_bytes(*head))
    }

    fn rest(&self, list: List) -> &[u8] {
        self.bytes.get(list).get(LAST..).unwrap_or_default()
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
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::Postings;

    proptest! {
        #[test]
        fn an_artifacts_images_are_those_that_were_added_and_not_taken_out(
            steps in prop::collection::vec((0..3_u32, any::<bool>(), 0..400_u32), 0..120)
        ) {
            let mut postings = Postings::default();
            let mut plain: [BTreeSet<u32>; 3] = Default::default();
            for (artifact, adds, image) in steps {
                // Some far apart, some close.
                let image = if image > 300 { image * 1000 } else { image / 4 };
                if adds || image % 3 == 0 {
                    postings.add(artifact, image);
                    plain[artifact as usize].insert(image);
                } else {
                    postings.remove(artifact, image);
                    plain[artifact as usize].remove(&image);
                }
            }
            postings.lay_out();
            for (artifact, plain) in (0..).zip(plain) {
                prop_assert_eq!(postings.is_empty(artifact), plain.is_empty());
                prop_assert!(postings.images(artifact).eq(plain));
            }
        }
    }
}
