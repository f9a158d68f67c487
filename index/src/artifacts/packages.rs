//! Which artifacts a package URL can mean: those that are called as its package is, whatever the
//! writing, and those whose own package URL calls them otherwise.

use std::{collections::HashMap, hash::BuildHasher};

use hashbrown::{DefaultHashBuilder, HashTable};
use model::purl::folded;

use crate::texts::Texts;

/// Artifacts by what their packages are called.
#[derive(Debug, Default)]
pub struct Packages {
    /// Names of artifacts that are written otherwise than what is the same in all writings of
    /// them, by that.
    written: HashTable<u32>,
    hasher: DefaultHashBuilder,
    /// Artifacts whose package URLs call them otherwise, by that.
    odd: HashMap<String, Vec<u32>>,
}

impl Packages {
    /// Adds a name.
    pub fn add_name(&mut self, name: u32, texts: &Texts) {
        let text = texts.get(name);
        if folded(text) == text {
            return;
        }
        let hash = |name: &u32| self.hasher.hash_one(folded(texts.get(*name)));
        self.written.insert_unique(hash(&name), name, hash);
    }

    /// Forgets all names.
    pub fn forget_names(&mut self) {
        self.written.clear();
    }

    /// Adds an artifact that its package URL calls otherwise.
    pub fn add_odd(&mut self, folded: String, artifact: u32) {
        self.odd.entry(folded).or_default().push(artifact);
    }

    /// Takes an artifact out of those that are called so, should it be among them.
    pub fn remove_odd(&mut self, folded: &str, artifact: u32) {
        let Some(artifacts) = self.odd.get_mut(folded) else {
            return;
        };
        artifacts.retain(|one| *one != artifact);
        if artifacts.is_empty() {
            self.odd.remove(folded);
        }
    }

    /// The names that are one when folded.
    pub fn names<'p>(
        &'p self,
        wanted: &'p str,
        texts: &'p Texts,
    ) -> impl Iterator<Item = u32> + 'p {
        let found = self.written.iter_hash(self.hasher.hash_one(wanted));
        let written = found.copied();
        let written = written.filter(move |name| folded(texts.get(*name)) == wanted);
        texts.find(wanted).into_iter().chain(written)
    }

    /// The artifacts that their package URLs call so, and nothing else does.
    pub fn odd(&self, folded: &str) -> &[u32] {
        self.odd.get(folded).map_or(&[], Vec::as_slice)
    }
}
