//! A set of numbers that is filled by hundreds of thousands and asked only for how many it holds:
//! a bit for each number below a bound.

use crate::bits::numbers;

/// A set of numbers.
#[derive(Debug, Default, Clone)]
pub struct Marks {
    words: Vec<u64>,
    /// Whether there is anything in it.
    used: bool,
}

impl Marks {
    /// An empty set, with room for the numbers below a bound: others are not taken.
    pub fn below(end: usize) -> Self {
        Self {
            words: vec![0; end.div_ceil(64)],
            used: false,
        }
    }

    /// Adds a number.
    #[inline]
    pub fn add(&mut self, number: u32) {
        if let Some(word) = self.words.get_mut((number / 64) as usize) {
            *word |= 1 << (number % 64);
            self.used = true;
        }
    }

    /// The numbers, rising.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        (0..)
            .zip(&self.words)
            .flat_map(|(place, word)| numbers(place, *word))
    }

    /// How many numbers it holds.
    pub fn count(&self) -> u64 {
        let ones = self.words.iter().map(|word| u64::from(word.count_ones()));
        ones.sum()
    }

    /// Takes everything out; how much it was.
    pub fn take(&mut self) -> u64 {
        if !std::mem::take(&mut self.used) {
            return 0;
        }
        let count = self.count();
        self.words.fill(0);
        count
    }
}

#[cfg(test)]
mod tests {
    use super::Marks;

    #[test]
    fn a_number_counts_once_until_all_are_taken_out() {
        let mut marks = Marks::below(130);
        for number in [0, 64, 129, 64, 0] {
            marks.add(number);
        }
        assert_eq!((marks.count(), marks.take(), marks.take()), (3, 3, 0));
        marks.add(63);
        marks.add(129);
        assert!(marks.iter().eq([63, 129]));
        assert_eq!(marks.take(), 2);
    }
}
