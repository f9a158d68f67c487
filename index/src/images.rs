//! Images: what each holds, now and as of earlier commits, and what is known of it besides.

use std::{
    collections::{BTreeMap, HashSet},
    ops::Bound,
    sync::Arc,
};

use proto_types::{ImageDigest, ScanStatus};

pub use crate::image::{Image, Set};
use crate::{change::Seq, deltas, named::Named, unfit::Unfit};

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
    /// The distributions of all images, each once.
    distros: HashSet<Arc<(String, String)>>,
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

    /// Every image, by digest, behind a digest.
    pub fn in_order(&self, after: Option<ImageDigest>) -> impl Iterator<Item = (u32, &Image)> {
        let first = after.map_or(Bound::Unbounded, Bound::Excluded);
        let behind = self.in_order.range((first, Bound::Unbounded));
        behind.filter_map(|(_, number)| Some((*number, self.get(*number)?)))
    }

    /// What an image holds.
    #[inline]
    pub fn holds(&self, number: u32) -> Holds {
        self.holds.get(number as usize).copied().unwrap_or_default()
    }

    /// Whether what is known of an image now is all that it holds; `None` where nothing is.
    #[inline]
    pub fn status(&self, number: u32) -> Option<ScanStatus> {
        self.statuses.get(number as usize).copied().flatten()
    }

    fn note(&mut self, number: u32) {
        let last = self.get(number).and_then(|image| image.sets.last());
        let status = last.and_then(|set| set.status);
        if let Some(slot) = self.statuses.get_mut(number as usize) {
            *slot = status;
        }
        let holds = match self.get(number).map(|image| image.sets.as_slice()) {
            None | Some([]) => Holds::Nothing,
            Some([one]) => Holds::Since(one.since),
            Some(_) => Holds::Several,
        };
        if let Some(slot) = self.holds.get_mut(number as usize) {
            *slot = holds;
        }
    }

    /// Whether nothing is known of an image since what was known was withdrawn.
    pub fn is_withdrawn(&self, number: u32) -> bool {
        self.withdrawn.contains(&number)
    }

    /// Says that what was known of an image was withdrawn, and what named it in registries with it.
    pub fn withdraw(&mut self, number: u32) -> Result<(), Unfit> {
        let image = known(&mut self.images, number)?;
        let own = image.digest;
        for (_, alias) in std::mem::take(&mut image.aliases) {
            if alias != own {
                self.named.remove(alias, number);
            }
        }
        self.note_withdrawn(number);
        Ok(())
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

    /// What each image holds or held, set by set, by the images' numbers.
    pub fn held(&self) -> impl Iterator<Item = (u32, deltas::Deltas<'_>)> {
        self.all().flat_map(|(number, image)| {
            let sets = image.sets.iter();
            sets.map(move |set| (number, set.artifacts()))
        })
    }

    /// The images of which older sets are kept.
    pub fn replaced(&self) -> impl Iterator<Item = u32> {
        self.replaced.iter().copied()
    }

    /// A number that no image has yet, nor any below it is free.
    pub fn end(&self) -> usize {
        self.images.len()
    }

    /// The images that a digest names, whenever that became known.
    pub fn named(&self, digest: ImageDigest) -> impl Iterator<Item = u32> + '_ {
        let named = self.named.get(digest);
        named.filter(move |number| {
            let mut names = self.get(*number).into_iter().flat_map(Image::names);
            names.any(|name| name == digest)
        })
    }

    /// A distribution and its version, which images share.
    pub fn distro(&mut self, name: &str, version: &str) -> Arc<(String, String)> {
        let distro = (name.to_owned(), version.to_owned());
        if let Some(known) = self.distros.get(&distro) {
            return Arc::clone(known);
        }
        let distro = Arc::new(distro);
        self.distros.insert(Arc::clone(&distro));
        distro
    }

    /// The images that a digest named as of a commit.
    pub fn named_at(&self, digest: ImageDigest, pin: Seq) -> Vec<u32> {
        let is_named = |number: &u32| {
            self.get(*number).is_some_and(|image| {
                let mut aliases = image.aliases.iter();
                image.digest == digest
                    || aliases.any(|(since, alias)| *since <= pin && *alias == digest)
            })
        };
        self.named(digest).filter(is_named).collect()
    }

    /// Adds manifest digests that name an image.
    pub fn alias(&mut self, number: u32, seq: Seq, aliases: &[ImageDigest]) -> Result<(), Unfit> {
        let image = known(&mut self.images, number)?;
        for alias in aliases {
            if image.aliases.iter().all(|(_, known)| known != alias) {
                image.aliases.push((seq, *alias));
                if *alias != image.digest {
                    self.named.add(*alias, number);
                }
            }
        }
        Ok(())
    }

    /// Puts a set in the place of the last one, which is kept for older questions; the artifacts
    /// that no set before held.
    pub fn replace(&mut self, number: u32, set: Set) -> Result<Vec<u32>, Unfit> {
        let image = known(&mut self.images, number)?;
        let before: HashSet<u32> = image.sets.iter().flat_map(Set::artifacts).collect();
        let new = set.artifacts().filter(|one| !before.contains(one));
        let new = new.collect();
        self.put(number, set)?;
        Ok(new)
    }

    /// The same, and nothing else.
    pub fn put(&mut self, number: u32, set: Set) -> Result<(), Unfit> {
        let image = known(&mut self.images, number)?;
        // Most have one for ever.
        image.sets.reserve_exact(1);
        match set.status {
            None => (image.scanned_since, image.complete_since) = (None, None),
            Some(status) => {
                self.withdrawn.remove(&number);
                image.scanned_since.get_or_insert(set.since);
                image.complete_since = match status {
                    ScanStatus::Partial => None,
                    ScanStatus::Complete => image.complete_since.or(Some(set.since)),
                };
            }
        }
        image.sets.push(set);
        if image.sets.len() > 1 {
            self.replaced.insert(number);
        }
        self.note(number);
        Ok(())
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

    /// Drops the sets that are of no commit from this one on; which artifacts which images so hold
    /// no more.
    pub fn forget(&mut self, before: Seq) -> Vec<(u32, Vec<u32>)> {
        let mut gone = Vec::new();
        let images = &mut self.images;
        self.replaced.retain(|number| {
            let Ok(image) = known(images, *number) else {
                return false;
            };
            let last = image.sets.iter().rposition(|set| set.since <= before);
            let old: Vec<Set> = image.sets.drain(..last.unwrap_or_default()).collect();
            let kept: HashSet<u32> = image.sets.iter().flat_map(Set::artifacts).collect();
            let old: HashSet<u32> = old.iter().flat_map(Set::artifacts).collect();
            gone.push((*number, old.difference(&kept).copied().collect()));
            image.sets.len() > 1
        });
        for (number, _) in &gone {
            self.note(*number);
        }
        self.distros.retain(|distro| Arc::strong_count(distro) > 1);
        gone
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
        images + holds + statuses + self.named.size() + in_order + each
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
