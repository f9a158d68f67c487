//! Images: what each holds, now and as of earlier commits, and what is known of it besides.

use proto_types::{ImageDigest, ScanStatus};
use std::{collections::HashSet, sync::Arc};

use crate::{change::Seq, deltas, named::Named, unfit::Unfit};

/// What an image holds as it was known from a commit on, until the next set.
#[derive(Debug)]
pub struct Set {
    /// The commit.
    pub since: Seq,
    /// Whether it is all; `None` where nothing is known.
    pub status: Option<ScanStatus>,
    /// The image's distribution and its version.
    pub distro: Arc<(String, String)>,
    artifacts: Box<[u8]>,
    len: u32,
}

/// An image.
#[derive(Debug)]
pub struct Image {
    /// Its digest.
    pub digest: ImageDigest,
    /// The manifest digests that name it too, each with the commit since which that is known.
    pub aliases: Vec<(Seq, ImageDigest)>,
    /// What it holds, oldest first: one set for most images.
    pub sets: Vec<Set>,
}

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
    /// Images of which older sets are kept.
    replaced: HashSet<u32>,
}

impl Set {
    /// A set of artifacts, rising.
    pub fn new(
        since: Seq,
        status: Option<ScanStatus>,
        distro: Arc<(String, String)>,
        artifacts: &[u32],
    ) -> Self {
        Self {
            since,
            status,
            distro,
            artifacts: deltas::pack(artifacts),
            len: artifacts.len() as u32,
        }
    }

    /// The artifacts, rising.
    pub fn artifacts(&self) -> deltas::Deltas<'_> {
        deltas::read(&self.artifacts)
    }

    /// How many artifacts it holds.
    pub const fn len(&self) -> u32 {
        self.len
    }
}

impl Image {
    /// What it held as of a commit, where anything was known.
    pub fn set_at(&self, pin: Seq) -> Option<&Set> {
        self.sets.iter().rev().find(|set| set.since <= pin)
    }
}

impl Images {
    /// Adds an image.
    pub fn add(&mut self, number: u32, digest: ImageDigest) -> Result<(), Unfit> {
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
                aliases: Vec::new(),
                sets: Vec::new(),
            }));
        }
        self.named.add(digest, number);
        Ok(())
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
            let mut names = self.get(*number).into_iter().flat_map(names_of);
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
        self.note(number);
        for digest in names_of(&image) {
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
        images + holds + self.named.size() + each
    }
}

impl Image {
    fn size(&self) -> usize {
        let aliases = self.aliases.capacity() * size_of::<(Seq, ImageDigest)>();
        let sets = self.sets.capacity() * size_of::<Set>();
        let held: usize = self.sets.iter().map(|set| set.artifacts.len()).sum();
        size_of::<Self>() + aliases + sets + held
    }
}

fn names_of(image: &Image) -> impl Iterator<Item = ImageDigest> {
    let aliases = image.aliases.iter().map(|(_, alias)| *alias);
    std::iter::once(image.digest).chain(aliases)
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
