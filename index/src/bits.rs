//! A set of numbers that are given out one after the other, a bit for each; emptied at the price of
//! what was in it.

/// A set of numbers.
#[derive(Debug, Default, Clone)]
pub struct Bits {
    words: Vec<u64>,
    /// The words that have a bit, in the order in which they got their first.
    touched: Vec<u32>,
    len: usize,
}

impl Bits {
    /// Adds a number; whether it is new.
    pub fn insert(&mut self, number: u32) -> bool {
        let (place, bit) = split(number);
        if place >= self.words.len() {
            self.words.resize(place + 1, 0);
        }
        let Some(word) = self.words.get_mut(place) else {
            return false;
        };
        if *word & bit != 0 {
            return false;
        }
        if *word == 0 {
            self.touched.push(number / 64);
        }
        *word |= bit;
        self.len += 1;
        true
    }

    /// Whether it holds a number.
    #[must_use]
    pub fn contains(&self, number: u32) -> bool {
        let (place, bit) = split(number);
        self.words.get(place).is_some_and(|word| word & bit != 0)
    }

    /// How many numbers it holds.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        for place in self.touched.drain(..) {
            if let Some(word) = self.words.get_mut(place as usize) {
                *word = 0;
            }
        }
        self.len = 0;
    }

    /// The numbers, in no order, at the price of what is in it.
    pub fn each(&self) -> impl Iterator<Item = u32> {
        self.touched.iter().flat_map(|place| {
            let word = self.words.get(*place as usize).copied();
            numbers(*place, word.unwrap_or_default())
        })
    }

    /// The numbers, rising.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        let words = (0_u32..).zip(&self.words);
        words.flat_map(|(place, word)| numbers(place, *word))
    }
}

impl FromIterator<u32> for Bits {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let mut bits = Self::default();
        for number in numbers {
            bits.insert(number);
        }
        bits
    }
}

/// The numbers of a word.
pub fn numbers(place: u32, mut left: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (left != 0).then(|| left.trailing_zeros())?;
        left &= left - 1;
        Some(place * 64 + bit)
    })
}

const fn split(number: u32) -> (usize, u64) {
    ((number / 64) as usize, 1 << (number % 64))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::Bits;

    proptest! {
        #[test]
        fn a_number_counts_once_and_comes_out_in_order(
            first in prop::collection::vec(0..300_u32, 0..40),
            second in prop::collection::vec(0..300_u32, 0..40),
        ) {
            let mut bits = Bits::default();
            for numbers in [first, second] {
                bits.clear();
                let mut plain = BTreeSet::new();
                for number in numbers {
                    prop_assert_eq!(bits.insert(number), plain.insert(number));
                }
                prop_assert_eq!(bits.len(), plain.len());
                prop_assert!((0..300).all(|one| bits.contains(one) == plain.contains(&one)));
                let each: BTreeSet<u32> = bits.each().collect();
                prop_assert_eq!(&each, &plain);
                prop_assert!(bits.iter().eq(plain));
            }
        }
    }
}
