//! Counting: how many images, containers and hosts each advisory is about. Of each host a row of bits says which classes
//! are about it, so that all of them are counted in one walk along what runs.

use super::join::Join;
use crate::{
    extent::Extent,
    search::{finding::Pause, look::Search},
};

/// Bytes of the rows of all hosts; where the classes don't fit in, it is walked along several times.
const ROWS: usize = 16 << 20;

/// An advisory by which something that runs is affected or unknown, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach<'j> {
    /// The feed that has it.
    pub feed: i64,
    /// Its id.
    pub id: &'j str,
    /// Whether a version is known that fixes something of what is or was affected.
    pub has_fix: bool,
    /// What is affected.
    pub affected: Extent,
    /// What is unknown.
    pub unknown: Extent,
    /// What would be one of these, and isn't by what a vendor states.
    pub excused: Extent,
}

/// What is counted, and how far. All of it is as of the question's commit.
#[derive(Default)]
pub struct Joined {
    /// By bit.
    extents: Vec<Extent>,
    /// The first word of the rows that are walked along.
    word: usize,
    /// The image that is next.
    image: u32,
    /// Words of a row.
    width: usize,
    rows: Vec<u64>,
    row: Vec<u64>,
}

impl Search<'_> {
    /// Counts, until it is to pause. All that runs was judged. `false` where the index was built anew since, so that all
    /// is to begin anew.
    pub fn count_joined(&self, join: &Join, joined: &mut Joined, pause: Pause<'_>) -> Option<bool> {
        if join.built != Some(self.index.built) {
            return Some(false);
        }
        let words = join.classes.bits().div_ceil(64) as usize;
        joined.extents.resize(words * 64, Extent::default());
        let hosts = self.scope.end_of_hosts() as usize;
        while joined.word < words {
            if joined.image == 0 {
                joined.begin(words, hosts);
            }
            self.walk_images(join, joined, pause)?;
            joined.end();
        }
        Some(true)
    }

    fn walk_images(&self, join: &Join, joined: &mut Joined, pause: Pause<'_>) -> Option<()> {
        let end = self.index.images.end() as u32;
        while joined.image < end {
            let image = joined.image;
            joined.image += 1;
            let containers = u64::from(self.scope.containers(image));
            if containers == 0 || !self.scope.fits(image) {
                continue;
            }
            if joined.set_row(join, self.grouped(join, image)) {
                joined.add(containers);
                self.scope.each_host(image, |host| joined.add_to_host(host));
            }
            if pause() {
                return None;
            }
        }
        Some(())
    }
}

impl Joined {
    fn begin(&mut self, words: usize, hosts: usize) {
        let most = ROWS / size_of::<u64>() / hosts.max(1);
        self.width = (words - self.word).min(most.max(1));
        self.rows.clear();
        self.rows.resize(self.width * hosts, 0);
        self.row.clear();
        self.row.resize(self.width, 0);
    }

    /// Sets the row of an image; whether it has a bit.
    fn set_row(&mut self, join: &Join, lists: &[u32]) -> bool {
        self.row.fill(0);
        let mut has_any = false;
        for list in lists {
            let words = join.classes.of_list(*list);
            let from = words.partition_point(|(word, _)| (*word as usize) < self.word);
            for (word, bits) in words.get(from..).unwrap_or_default() {
                let Some(slot) = self.row.get_mut(*word as usize - self.word) else {
                    break;
                };
                *slot |= bits;
                has_any = true;
            }
        }
        has_any
    }

    fn add(&mut self, containers: u64) {
        let first = self.word * 64;
        each_bit(&self.row, |bit| {
            if let Some(extent) = self.extents.get_mut(first + bit) {
                extent.images += 1;
                extent.containers += containers;
            }
        });
    }

    #[inline]
    fn add_to_host(&mut self, host: u32) {
        let from = host as usize * self.width;
        let row = self.rows.get_mut(from..from + self.width);
        for (slot, bits) in row.into_iter().flatten().zip(&self.row) {
            *slot |= bits;
        }
    }

    /// Counts the hosts, and goes on to the next words.
    fn end(&mut self) {
        let first = self.word * 64;
        for row in self.rows.chunks_exact(self.width) {
            each_bit(row, |bit| {
                if let Some(extent) = self.extents.get_mut(first + bit) {
                    extent.hosts += 1;
                }
            });
        }
        self.word += self.width;
        self.image = 0;
    }

    /// What each advisory is about of what runs, of those that are about anything.
    pub fn reaches<'j>(&self, join: &'j Join) -> impl Iterator<Item = Reach<'j>> {
        let extent = |bit: u32| self.extents.get(bit as usize).copied().unwrap_or_default();
        let all = join.advisories.iter().enumerate();
        all.filter_map(move |(number, known)| {
            let (bits, excused) = join.classes.bits_of(number)?;
            let [affected, unknown] = bits.map(extent);
            let excused = excused.map(extent).unwrap_or_default();
            let is_about_any = [affected, unknown, excused]
                .iter()
                .any(|one| one.images > 0);
            is_about_any.then_some(Reach {
                feed: known.feed,
                id: &known.id,
                has_fix: known.has_fix,
                affected,
                unknown,
                excused,
            })
        })
    }
}

fn each_bit(row: &[u64], mut take: impl FnMut(usize)) {
    for (word, bits) in row.iter().enumerate() {
        let mut left = *bits;
        while left != 0 {
            take(word * 64 + left.trailing_zeros() as usize);
            left &= left - 1;
        }
    }
}
