//! What is kept of a join between two questions.

use super::{
    classes::Classes,
    images::Grouped,
    lists::Lists,
    parts::{Judged, Known, Pair},
    said::Said,
    stated::Stated,
};
use crate::{bits::Bits, fleet::Built, search::judged::Numbered};

/// The verdicts of all imported advisories on what runs. It is good for one set of advisories: where those change, it
/// begins anew.
#[derive(Default)]
pub struct Join {
    pub(super) built: Option<Built>,
    pub(super) distros: Numbered,
    /// The advisories by which something is affected or unknown, by number.
    pub(super) advisories: Vec<Known>,
    /// What was judged, each with the number of the list of those that speak of it.
    pub(super) said: Said,
    /// Artifacts that no advisory has a key in common with.
    pub(super) mute: Bits,
    pub(super) lists: Lists,
    pub(super) classes: Classes,
    pub(super) images: Grouped,
    pub(super) stated: Stated,
    /// What is to be judged, rising.
    pub(super) new: Vec<Pair>,
    pub(super) judged: Judged,
    /// How much was judged when it began.
    first: usize,
}

/// So much more than at first is judged until it begins anew, since artifacts that are gone stay in it.
const MORE: usize = 10_000;

impl Join {
    /// Whether something is to be judged.
    #[must_use]
    pub const fn has_new(&self) -> bool {
        !self.new.is_empty()
    }

    /// The artifacts that are to be judged, by number, rising.
    pub fn new_artifacts(&self) -> impl Iterator<Item = u32> {
        let mut last = None;
        let all = self.new.iter().map(|(artifact, _)| *artifact);
        all.filter(move |one| last.replace(*one) != Some(*one))
    }

    /// Begins anew, where it isn't of this index, or much of what was judged may be gone.
    pub(super) fn begin(&mut self, built: Built) {
        let is_of_it = self.built == Some(built);
        if !is_of_it || (self.first > 0 && self.said.len() > 2 * self.first + MORE) {
            *self = Self {
                built: Some(built),
                ..Self::default()
            };
        }
    }

    /// Ends the judging: what was found is said of what was new.
    pub fn settle(&mut self) {
        let Judged {
            mut found, meant, ..
        } = std::mem::take(&mut self.judged);
        for pair in std::mem::take(&mut self.new) {
            let list = found.remove(&pair);
            if list.is_none() && !meant.contains(pair.0) {
                self.mute.insert(pair.0);
                continue;
            }
            let list = self.lists.number(list.unwrap_or_default());
            self.said.insert(pair, list);
        }
        if self.first == 0 {
            self.first = self.said.len().max(1);
        }
        self.stated.settle(&self.lists);
        self.classes = Classes::of(&self.lists, self.advisories.len());
    }

    /// How many statements of vendors it holds.
    #[must_use]
    pub const fn statements(&self) -> usize {
        self.stated.count()
    }

    /// What it takes, in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        let texts: usize = self.advisories.iter().map(|one| one.id.len()).sum();
        let advisories = self.advisories.capacity() * size_of::<Known>() + texts;
        self.said.size() + advisories + self.lists.size() + self.classes.size() + self.images.size()
    }
}
