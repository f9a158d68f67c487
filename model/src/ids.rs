//! A set of numbers that are given out one after the other, as those of hosts and images are: a
//! fleet has too many of them for anything dearer than a bit to be spent on each.

/// Up to so many numbers are kept as they are: most sets are of a few.
const FEW: usize = 8;

/// A set of numbers, none below zero.
#[derive(Debug, Default, Clone)]
pub struct IdSet {
    /// All of them, while there are few.
    few: Vec<i64>,
    /// A bit for each number, once there are more.
    words: Vec<u64>,
    len: u64,
}

impl IdSet {
    /// Adds a number; whether it is new.
    pub fn insert(&mut self, id: i64) -> bool {
        let new = match self.words.is_empty() {
            true => self.insert_into_few(id),
            false => self.set(id),
        };
        self.len += u64::from(new);
        new
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> u64 {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn insert_into_few(&mut self, id: i64) -> bool {
        if self.few.contains(&id) {
            return false;
        }
        if self.few.len() < FEW {
            self.few.push(id);
            return true;
        }
        for known in std::mem::take(&mut self.few) {
            self.set(known);
        }
        self.set(id)
    }

    fn set(&mut self, id: i64) -> bool {
        let number = usize::try_from(id).unwrap_or_default();
        let (index, bit) = (number / 64, 1_u64 << (number % 64));
        if index >= self.words.len() {
            self.words.resize(index + 1, 0);
        }
        let Some(word) = self.words.get_mut(index) else {
            return false;
        };
        let new = *word & bit == 0;
        *word |= bit;
        new
    }
}

impl Extend<i64> for IdSet {
    fn extend<I: IntoIterator<Item = i64>>(&mut self, ids: I) {
        for id in ids {
            self.insert(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::IdSet;

    proptest! {
        #[test]
        fn a_number_counts_once(ids in prop::collection::vec(0..200_i64, 0..60)) {
            let (mut set, mut plain) = (IdSet::default(), HashSet::new());
            for id in ids {
                prop_assert_eq!(set.insert(id), plain.insert(id));
                prop_assert_eq!(set.len(), plain.len() as u64);
                prop_assert_eq!(set.is_empty(), plain.is_empty());
            }
        }
    }
}
