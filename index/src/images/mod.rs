//! Images: what each holds, now and as of earlier commits, and what is known of it besides.

mod distros;
mod image;
mod kinds;
mod named;
mod names;
mod sets;

use std::{
    collections::{BTreeMap, HashSet},
    ops::Bound,
};

use proto_types::{ImageDigest, ScanStatus};

pub use distros::{Distro, NONE as NO_DISTRO};
pub use image::{Image, Set};
pub use kinds::OfTypes;

use crate::{change::Seq, unfit::Unfit};
use distros::Distros;
use named::Named;

/// What an image holds, as far as most questions need to know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Holds {
    /// Nothing is known of it.
    #[default]
    Nothing,
    /// One set, which is known since this commit.
    Since(Seq),
    /// Several sets: it depends on the commit.
    Several,
}

/// All images.
#[derive(Debug, Default)]
pub struct Images {
    /// By number, in one row: to go from an image to its sets takes time.
    holds: Vec<Holds>,
    /// By number, whether the last set is all that an image holds.
    statuses: Vec<Option<ScanStatus>>,
    /// By number; boxed, for numbers are not used again.
    images: Vec<Option<Box<Image>>>,
    /// Images by what names them: their own digests and the manifests'.
    named: Named,
    distros: Distros,
    /// By their own digests.
    in_order: BTreeMap<ImageDigest, u32>,
    /// Images of which older sets are kept.
    replaced: HashSet<u32>,
    /// Images of which nothing is known since what was known was withdrawn.
    withdrawn: HashSet<u32>,
}

impl Images {
    /// Adds an image that was reported first with a commit.
    pub fn add(&mut self, number: u32, digest: ImageDigest, since: Seq) -> Result<(), Unfit> {
        if self.get(number).is_some() {
            let (what, number) = ("image", number.into());
            return Err(Unfit::Kept { what, number });
        }
        let place = number as usize;
        if place >= self.images.len() {
            self.images.resize_with(place + 1, || None);
            self.holds.resize(place + 1, Holds::Nothing);
            self.statuses.resize(place + 1, None);
        }
        if let Some(slot) = self.images.get_mut(place) {
            *slot = Some(Box::new(Image {
                digest,
                since,
                scanned_since: None,
                complete_since: None,
                detail: 0,
                aliases: Vec::new(),
                sets: Vec::new(),
            }));
        }
        self.named.add(digest, number);
        self.in_order.insert(digest, number);
        Ok(())
    }

    /// Says how much is kept of what was found in an image last.
    pub fn set_detail(&mut self, number: u32, detail: u32) -> Result<(), Unfit> {
        known(&mut self.images, number)?.detail = detail;
        Ok(())
    }

    /// Says since when an image has had an SBOM that lacks nothing.
    pub fn was_complete(&mut self, number: u32, since: Seq) -> Result<(), Unfit> {
        known(&mut self.images, number)?.complete_since = Some(since);
        Ok(())
    }

    /// How many images there are.
    pub fn count(&self) -> usize {
        self.in_order.len()
    }

    /// Every image, by digest, behind a digest.
    pub fn in_order(&self, after: Option<ImageDigest>) -> impl Iterator<Item = (u32, &Image)> {
        let first = after.map_or(Bound::Unbounded, Bound::Excluded);
        let behind = self.in_order.range((first, Bound::Unbounded));
        behind.filter_map(|(_, number)| Some((*number, self.get(*number)?)))
    }

    /// Whether nothing is known of an image since what was known was withdrawn.
    pub fn is_withdrawn(&self, number: u32) -> bool {
        self.withdrawn.contains(&number)
    }

    /// Says that what was known of an image was withdrawn, and nothing else.
    pub fn note_withdrawn(&mut self, number: u32) {
        self.withdrawn.insert(number);
    }

    /// An image.
    pub fn get(&self, number: u32) -> Option<&Image> {
        self.images.get(number as usize)?.as_deref()
    }

    /// Every image, by number.
    pub fn all(&self) -> impl Iterator<Item = (u32, &Image)> {
        let known = (0..).zip(&self.images);
        known.filter_map(|(number, image)| Some((number, image.as_deref()?)))
    }

    /// A number that no image has yet, nor any below it is free.
    pub fn end(&self) -> usize {
        self.images.len()
    }

    /// A distribution and its version, which images share.
    pub fn distro(&mut self, name: &str, version: &str) -> Distro {
        self.distros.intern(name, version)
    }

    /// The number of the distribution of an image's last set: it is that distribution's as long as anybody keeps that.
    #[inline]
    pub fn distro_number(&self, image: u32) -> u32 {
        self.distros.of_image(image)
    }

    /// A distribution by number.
    #[inline]
    pub fn distro_of(&self, number: u32) -> Option<&Distro> {
        self.distros.get(number)
    }

    /// Drops an image; what it held.
    pub fn remove(&mut self, number: u32) -> Result<Vec<u32>, Unfit> {
        let slot = self.images.get_mut(number as usize);
        let image = slot.and_then(Option::take).ok_or_else(|| unknown(number))?;
        self.replaced.remove(&number);
        self.withdrawn.remove(&number);
        self.in_order.remove(&image.digest);
        self.note(number);
        for digest in image.names() {
            self.named.remove(digest, number);
        }
        let held: HashSet<u32> = image.sets.iter().flat_map(Set::artifacts).collect();
        Ok(held.into_iter().collect())
    }
}

impl Images {
    /// What takes memory, in bytes.
    pub fn size(&self) -> usize {
        let images = self.images.capacity() * size_of::<Option<Box<Image>>>();
        let holds = self.holds.capacity() * size_of::<Holds>();
        let each: usize = self.all().map(|(_, image)| image.size()).sum();
        let statuses = self.statuses.capacity() * size_of::<Option<ScanStatus>>();
        let in_order = self.in_order.len() * size_of::<(ImageDigest, u32)>() * 3 / 2;
        let distros = self.distros.size();
        images + holds + statuses + distros + self.named.size() + in_order + each
    }
}

fn known(images: &mut [Option<Box<Image>>], number: u32) -> Result<&mut Image, Unfit> {
    let image = images.get_mut(number as usize);
    image
        .and_then(Option::as_deref_mut)
        .ok_or_else(|| unknown(number))
}

fn unknown(number: u32) -> Unfit {
    Unfit::Unknown {
        what: "image",
        number: number.into(),
    }
}
