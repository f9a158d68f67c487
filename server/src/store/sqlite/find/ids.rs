//! A set of rows' numbers, as bits: numbers are given out one after the other, and a fleet has
//! too many hosts and images for anything dearer to be done with each.

/// A set of numbers.
#[derive(Debug, Default, Clone)]
pub struct IdSet {
    words: Vec<u64>,
    len: u64,
}

impl IdSet {
    /// Adds a number; whether it is new.
    pub fn insert(&mut self, id: i64) -> bool {
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
        self.len += u64::from(new);
        new
    }

    /// Adds numbers.
    pub fn extend(&mut self, ids: &[i64]) {
        for id in ids {
            self.insert(*id);
        }
    }

    /// How many there are.
    pub const fn len(&self) -> u64 {
        self.len
    }
}

#[cfg(test)]
mod tests {
    use super::IdSet;

    #[test]
    fn a_number_counts_once() {
        let mut hosts = IdSet::default();
        hosts.extend(&[1, 64, 1, 10_000]);
        assert!(!hosts.insert(64));
        assert!(hosts.insert(65));
        assert_eq!(hosts.len(), 4);
    }
}
