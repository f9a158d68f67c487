//! Lists of the advisories that speak of an artifact, each kept once: all packages that are built from one version of a
//! source have the same.

use std::{collections::HashMap, sync::Arc};

/// The list of nothing.
pub(super) const NOTHING: u32 = 0;

/// What is said of an artifact by an advisory that doesn't say that it is fixed or not affected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Says {
    /// It is affected.
    Affected,
    /// It isn't known whether it is.
    Unknown,
    /// It would be one of these, and isn't by what a vendor states.
    Excused,
}

/// The same, and by which advisory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Hit {
    /// The advisory, by number.
    pub(super) advisory: u32,
    pub(super) says: Says,
}

/// Lists by number.
#[derive(Default)]
pub(super) struct Lists {
    all: Vec<Arc<[Hit]>>,
    numbers: HashMap<Arc<[Hit]>, u32>,
}

impl Lists {
    /// The number of a list, which gets one where it is new.
    pub(super) fn number(&mut self, mut list: Vec<Hit>) -> u32 {
        if self.all.is_empty() {
            self.all.push(Arc::from([]));
        }
        if list.is_empty() {
            return NOTHING;
        }
        list.sort_unstable();
        list.dedup();
        if let Some(number) = self.numbers.get(list.as_slice()) {
            return *number;
        }
        let number = self.all.len() as u32;
        let list: Arc<[Hit]> = list.into();
        self.all.push(Arc::clone(&list));
        self.numbers.insert(list, number);
        number
    }

    /// One of them.
    pub(super) fn get(&self, list: u32) -> &[Hit] {
        self.all.get(list as usize).map_or(&[], |one| one)
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.all.len()
    }

    /// All of them, by number.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[Hit]> {
        self.all.iter().map(|one| &**one)
    }

    /// What they take, in bytes.
    pub(super) fn size(&self) -> usize {
        let hits: usize = self.all.iter().map(|one| one.len()).sum();
        hits * size_of::<Hit>() + self.all.len() * 5 * size_of::<usize>()
    }
}
