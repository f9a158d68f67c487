//! What was judged of artifacts, found by their numbers: millions of look-ups, one for each artifact in each image.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use super::{lists::NOTHING, parts::Pair};
use crate::bits::Bits;

/// The number of the list of those that speak of each pair that was judged.
#[derive(Default)]
pub(super) struct Said {
    lists: HashMap<Pair, u32, BuildHasherDefault<Mixed>>,
    /// Artifacts of which any speaks.
    spoken: Bits,
}

impl Said {
    /// Says which list is that of a pair.
    pub(super) fn insert(&mut self, pair: Pair, list: u32) {
        if list != NOTHING {
            self.spoken.insert(pair.0);
        }
        self.lists.insert(pair, list);
    }

    /// Whether a pair was judged.
    pub(super) fn has(&self, pair: Pair) -> bool {
        self.lists.contains_key(&pair)
    }

    /// The list of a pair, where it isn't empty.
    #[inline]
    pub(super) fn list(&self, pair: Pair) -> Option<u32> {
        if !self.spoken.contains(pair.0) {
            return None;
        }
        let list = self.lists.get(&pair).copied();
        list.filter(|list| *list != NOTHING)
    }

    /// How many pairs were judged.
    pub(super) fn len(&self) -> usize {
        self.lists.len()
    }

    /// What it takes, in bytes.
    pub(super) fn size(&self) -> usize {
        self.lists.capacity() * (size_of::<(Pair, u32)>() + 1)
    }
}

/// A hash of small numbers, which nobody chooses.
#[derive(Default)]
pub(super) struct Mixed(u64);

impl Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32((*byte).into()));
    }

    fn write_u32(&mut self, number: u32) {
        let mixed = self.0.rotate_left(32) ^ u64::from(number);
        self.0 = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}
