//! Texts, each once, by number: one piece of memory that a search can run over from end to end.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use memchr::memmem;

use crate::unfit::Unfit;

/// Texts by number.
#[derive(Debug, Default)]
pub struct Texts {
    all: String,
    /// Where each text ends.
    ends: Vec<u32>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Texts {
    /// How many there are; the next one gets this number.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    /// The text with a number; the empty one where none has it.
    #[must_use]
    pub fn get(&self, number: u32) -> &str {
        let range = start(&self.ends, number)..end(&self.ends, number);
        self.all.get(range).unwrap_or_default()
    }

    /// The number of a text, where it is known.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(text);
        self.numbers
            .find(hash, |number| self.get(*number) == text)
            .copied()
    }

    /// The number of a text, which is added where it is new.
    ///
    /// # Errors
    /// [`Unfit::Full`] where all texts would have more than 4 GiB.
    pub fn intern(&mut self, text: &str) -> Result<u32, Unfit> {
        if let Some(number) = self.find(text) {
            return Ok(number);
        }
        self.push(text)
    }

    /// Adds a text that isn't in it; its number.
    ///
    /// # Errors
    /// [`Unfit::Full`] where all texts would have more than 4 GiB.
    pub fn push(&mut self, text: &str) -> Result<u32, Unfit> {
        let number = self.len();
        let after = u32::try_from(self.all.len() + text.len()).map_err(|_| Unfit::Full)?;
        self.all.push_str(text);
        self.ends.push(after);
        let Self {
            all,
            ends,
            numbers,
            hasher,
        } = self;
        let hash = hasher.hash_one(text);
        let hash_again = |number: &u32| {
            let range = start(ends, *number)..end(ends, *number);
            hasher.hash_one(all.get(range).unwrap_or_default())
        };
        numbers.insert_unique(hash, number, hash_again);
        Ok(number)
    }

    /// What takes memory, in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        let ends = self.ends.capacity() * size_of::<u32>();
        self.all.capacity() + ends + self.numbers.allocation_size()
    }

    /// Gives back the room that was not needed.
    pub fn shrink(&mut self) {
        self.all.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// The numbers of the texts that contain a piece, which isn't empty, rising: one run over all
    /// of them.
    pub fn containing(&self, piece: &str) -> Vec<u32> {
        let finder = memmem::Finder::new(piece);
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = self
            .all
            .as_bytes()
            .get(from..)
            .and_then(|rest| finder.find(rest))
        {
            let at = from + at;
            let number = self.ends.partition_point(|end| *end as usize <= at) as u32;
            let end_of_text = end(&self.ends, number);
            // What begins in one text and ends in the next is in neither.
            from = match at + piece.len() <= end_of_text {
                true => {
                    found.push(number);
                    end_of_text
                }
                false => at + 1,
            };
        }
        found
    }
}

fn start(ends: &[u32], number: u32) -> usize {
    match number {
        0 => 0,
        _ => end(ends, number - 1),
    }
}

fn end(ends: &[u32], number: u32) -> usize {
    ends.get(number as usize).copied().unwrap_or_default() as usize
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::Texts;

    proptest! {
        #[test]
        fn a_text_has_one_number_and_is_found_by_its_pieces(
            texts in prop::collection::vec("[abé\u{10ffff}]{0,4}", 0..40),
            piece in "[abé]{1,3}",
        ) {
            let mut known = Texts::default();
            for text in &texts {
                let number = known.intern(text).unwrap();
                prop_assert_eq!(known.get(number), text);
                prop_assert_eq!(known.intern(text).unwrap(), number);
                prop_assert_eq!(known.find(text), Some(number));
            }
            let fitting = (0..known.len()).filter(|one| known.get(*one).contains(&piece));
            prop_assert!(known.containing(&piece).into_iter().eq(fitting));
            prop_assert_eq!(known.find("c"), None);
        }
    }
}
