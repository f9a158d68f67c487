//! Texts in order, while new ones come: one long sorted row, and a short one of the latest.

use std::cmp::Ordering;

use crate::texts::Texts;

/// The latest are merged into the rest once they are more than this, and than an eighth of them.
const LATEST: usize = 1024;

/// Numbers of texts in the order of those texts.
#[derive(Debug, Default)]
pub struct Ordered {
    sorted: Vec<u32>,
    latest: Vec<u32>,
}

impl Ordered {
    /// These texts in order.
    pub fn of(numbers: impl Iterator<Item = u32>, texts: &Texts) -> Self {
        // Most differ in their first letters: those are compared where they stand side by side.
        let mut sorted: Vec<(u64, u32)> = numbers
            .map(|number| (first_letters(texts.get(number)), number))
            .collect();
        sorted.sort_unstable_by(|(a, one), (b, other)| {
            a.cmp(b)
                .then_with(|| texts.get(*one).cmp(texts.get(*other)))
        });
        Self {
            sorted: sorted.into_iter().map(|(_, number)| number).collect(),
            latest: Vec::new(),
        }
    }

    /// Adds a text that isn't in it.
    pub fn insert(&mut self, number: u32, texts: &Texts) {
        let text = texts.get(number);
        let place = self.latest.partition_point(|one| texts.get(*one) < text);
        self.latest.insert(place, number);
        if self.latest.len() > LATEST.max(self.sorted.len() / 8) {
            self.merge(texts);
        }
    }

    /// What takes memory, in bytes.
    pub const fn size(&self) -> usize {
        (self.sorted.capacity() + self.latest.capacity()) * size_of::<u32>()
    }

    /// Makes one row of both: no texts need to be compared to read it.
    pub fn merge(&mut self, texts: &Texts) {
        self.sorted = self.from(None, texts).collect();
        self.latest.clear();
    }

    /// The numbers in order, from a text on.
    pub fn from<'o>(&'o self, first: Option<&str>, texts: &'o Texts) -> Merged<'o> {
        let from = |row: &'o [u32]| match first {
            None => row,
            Some(first) => {
                let place = row.partition_point(|one| texts.get(*one) < first);
                row.get(place..).unwrap_or_default()
            }
        };
        Merged {
            sorted: from(&self.sorted),
            latest: from(&self.latest),
            texts,
        }
    }
}

/// The first eight bytes of a text, in its order.
fn first_letters(text: &str) -> u64 {
    let mut letters = [0; 8];
    for (letter, byte) in letters.iter_mut().zip(text.bytes()) {
        *letter = byte;
    }
    u64::from_be_bytes(letters)
}

/// Two sorted rows as one.
#[derive(Debug)]
pub struct Merged<'o> {
    sorted: &'o [u32],
    latest: &'o [u32],
    texts: &'o Texts,
}

impl Iterator for Merged<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let order = match (self.sorted.first(), self.latest.first()) {
            (Some(one), Some(other)) => self.texts.get(*one).cmp(self.texts.get(*other)),
            (Some(_), None) => Ordering::Less,
            (None, _) => Ordering::Greater,
        };
        let row = match order {
            Ordering::Greater => &mut self.latest,
            _ => &mut self.sorted,
        };
        let (first, rest) = row.split_first()?;
        *row = rest;
        Some(*first)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeSet;

    use super::Ordered;
    use crate::texts::Texts;

    #[test]
    fn texts_come_in_order_however_many_came_since_the_last_merge() {
        let (mut texts, mut ordered, mut plain) =
            (Texts::default(), Ordered::default(), BTreeSet::new());
        for step in 0..5000_u32 {
            let text = format!("{}", step.wrapping_mul(2_654_435_761) % 100_003);
            if texts.find(&text).is_none() {
                ordered.insert(texts.intern(&text).unwrap(), &texts);
                plain.insert(text);
            }
            if step % 701 == 0 {
                let all = ordered.from(None, &texts).map(|one| texts.get(one));
                assert!(all.eq(plain.iter().map(String::as_str)));
                let some = ordered.from(Some("5"), &texts).map(|one| texts.get(one));
                assert!(some.eq(plain.range("5".to_owned()..).map(String::as_str)));
                let again = Ordered::of(0..texts.len(), &texts);
                let all = again.from(None, &texts).map(|one| texts.get(one));
                assert!(all.eq(plain.iter().map(String::as_str)));
            }
        }
    }
}
