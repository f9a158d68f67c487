//! Classes: advisories that say the same of the same artifacts count the same, so that they are counted once. Of a kernel
//! there are thousands of advisories, and as many classes as versions that run.

use std::collections::HashMap;

use super::lists::{Hit, Lists, Says};

/// Bits of a row, by the number of their word.
pub(super) type Words = Box<[(u32, u64)]>;

/// The classes, and which each list names. Each has two bits in a row: that something is affected, and that something is
/// unknown; and behind those of all, where a vendor excuses anything of it, that something is excused.
#[derive(Default)]
pub(super) struct Classes {
    /// By the numbers of advisories.
    of_advisories: Vec<u32>,
    /// By the numbers of lists.
    of_lists: Vec<Words>,
    count: u32,
    /// By class.
    excused: HashMap<u32, u32>,
}

impl Classes {
    /// Those of so many advisories.
    pub(super) fn of(lists: &Lists, advisories: usize) -> Self {
        let (of_advisories, count) = divided(lists, advisories);
        let mut excused = HashMap::new();
        let mut words = |list: &[Hit]| {
            let bits = list.iter().filter_map(|hit| {
                let class = *of_advisories.get(hit.advisory as usize)?;
                let next = 2 * count + excused.len() as u32;
                Some(match hit.says {
                    Says::Affected => bit(class, false),
                    Says::Unknown => bit(class, true),
                    Says::Excused => *excused.entry(class).or_insert(next),
                })
            });
            words(bits.collect())
        };
        Self {
            of_lists: lists.iter().map(&mut words).collect(),
            of_advisories,
            count,
            excused,
        }
    }

    /// How many lists it is of.
    pub(super) const fn lists(&self) -> usize {
        self.of_lists.len()
    }

    /// How many bits a row has.
    pub(super) fn bits(&self) -> u32 {
        2 * self.count + self.excused.len() as u32
    }

    /// The bits that a list sets, rising.
    pub(super) fn of_list(&self, list: u32) -> &[(u32, u64)] {
        self.of_lists.get(list as usize).map_or(&[], |one| one)
    }

    /// The bits of an advisory: affected, unknown, and excused where anything is.
    pub(super) fn bits_of(&self, advisory: usize) -> Option<([u32; 2], Option<u32>)> {
        let class = self.of_advisories.get(advisory)?;
        let excused = self.excused.get(class).copied();
        Some(([bit(*class, false), bit(*class, true)], excused))
    }

    /// What they take, in bytes.
    pub(super) fn size(&self) -> usize {
        let words: usize = self.of_lists.iter().map(|one| one.len()).sum();
        let lists = self.of_lists.capacity() * size_of::<Words>();
        words * size_of::<(u32, u64)>() + lists + self.of_advisories.capacity() * size_of::<u32>()
    }
}

const fn bit(class: u32, is_unknown: bool) -> u32 {
    2 * class + is_unknown as u32
}

/// The class of each advisory, and how many classes there are. Each list divides those that it names from those that it
/// doesn't.
fn divided(lists: &Lists, advisories: usize) -> (Vec<u32>, u32) {
    let (mut class, mut next) = (vec![0_u32; advisories], 1);
    let mut moved = HashMap::new();
    for list in lists.iter() {
        moved.clear();
        for hit in list {
            if let Some(class) = class.get_mut(hit.advisory as usize) {
                *class = *moved.entry((*class, hit.says)).or_insert_with(|| {
                    next += 1;
                    next - 1
                });
            }
        }
    }
    let mut numbers = HashMap::new();
    for one in &mut class {
        let next = numbers.len() as u32;
        *one = *numbers.entry(*one).or_insert(next);
    }
    (class, numbers.len() as u32)
}

fn words(mut bits: Vec<u32>) -> Words {
    bits.sort_unstable();
    let mut words: Vec<(u32, u64)> = Vec::new();
    for bit in bits {
        let (word, mask) = (bit / 64, 1 << (bit % 64));
        match words.last_mut() {
            Some((last, bits)) if *last == word => *bits |= mask,
            _ => words.push((word, mask)),
        }
    }
    words.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(of: &[(u32, bool)]) -> Vec<Hit> {
        let hit = |(advisory, is_unknown): &(u32, bool)| Hit {
            advisory: *advisory,
            says: match is_unknown {
                true => Says::Unknown,
                false => Says::Affected,
            },
        };
        of.iter().map(hit).collect()
    }

    #[test]
    fn advisories_that_say_the_same_of_everything_are_one_class() {
        let mut lists = Lists::default();
        let first = lists.number(hits(&[(0, false), (1, false), (2, false), (3, false)]));
        let second = lists.number(hits(&[(0, false), (1, false), (2, true)]));
        let classes = Classes::of(&lists, 4);
        let class = |advisory: usize| classes.bits_of(advisory).unwrap_or_default().0[0] / 2;
        assert_eq!(class(0), class(1));
        assert_ne!(class(0), class(2), "it says otherwise of the second");
        assert_ne!(class(0), class(3), "it says nothing of the second");
        assert_ne!(class(2), class(3));
        assert_eq!(classes.bits(), 6);
        let count = |list| {
            let words = classes.of_list(list).iter();
            words.map(|(_, bits)| bits.count_ones()).sum::<u32>()
        };
        assert_eq!((count(first), count(second)), (3, 2));
    }
}
