//! Texts that are taken over into a new row of them as they are named: what nothing names any more
//! stays behind.

use crate::texts::Texts;

/// Stands where a text was not named yet, or there is none.
const NOT_NAMED: u32 = u32::MAX;

/// Texts that move.
#[derive(Debug)]
pub struct Moved {
    from: Texts,
    to: Texts,
    /// By the old number, the new one.
    numbers: Vec<u32>,
}

impl Moved {
    /// Texts none of which was named yet.
    pub fn of(from: Texts) -> Self {
        Self {
            numbers: vec![NOT_NAMED; from.len() as usize],
            from,
            to: Texts::default(),
        }
    }

    /// The new number of a text that is named by its old one; what is no number stays as it is.
    pub fn number(&mut self, old: u32) -> u32 {
        let Some(number) = self.numbers.get_mut(old as usize) else {
            return old;
        };
        if *number == NOT_NAMED {
            // They had room before, and it can't have become more.
            *number = self.to.push(self.from.get(old)).unwrap_or(NOT_NAMED);
        }
        *number
    }

    /// The texts that were named, and the new number of each old one.
    pub fn done(mut self) -> (Texts, Vec<u32>) {
        self.to.shrink();
        (self.to, self.numbers)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Moved;
    use crate::texts::Texts;

    #[test]
    fn what_is_named_moves_and_the_rest_stays_behind() {
        let mut texts = Texts::default();
        let old = ["a", "b", "c", ""].map(|text| texts.intern(text).unwrap());
        let mut moved = Moved::of(texts);
        let new = [old[2], old[3], old[2], old[0]].map(|one| moved.number(one));
        assert_eq!(new, [0, 1, 0, 2]);
        assert_eq!(moved.number(u32::MAX), u32::MAX);
        let (texts, numbers) = moved.done();
        assert_eq!(new.map(|one| texts.get(one)), ["c", "", "c", "a"]);
        assert_eq!((texts.len(), texts.find("b")), (3, None));
        assert_eq!(
            (texts.find("c"), numbers),
            (Some(0), vec![2, u32::MAX, 0, 1])
        );
    }
}
