//! What each image holds, set by set, and how one takes the place of another.

use std::collections::HashSet;

use proto_types::ScanStatus;

use super::{Distro, Holds, Images, Set, known};
use crate::{change::Seq, deltas, unfit::Unfit};

impl Images {
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

    pub(super) fn note(&mut self, number: u32) {
        let last = self.get(number).and_then(|image| image.sets.last());
        let status = last.and_then(|set| set.status);
        let distro = last.map(|set| Distro::clone(&set.distro));
        self.distros.note(number, distro.as_ref());
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
        self.distros.forget();
        gone
    }
}
