//! Counts groups of artifacts side by side: which images hold something of each is found out first,
//! and then the images are walked along in their order, as their runs lie in memory.

use model::tally::Counts;

use crate::search::{counter::Counter, look::Search};

/// Bytes for the hosts of groups that are counted at once, a bit for each.
const HOSTS: usize = 1 << 20;
/// Pairs of an image and a group after which no other group is counted with them.
const PAIRS: usize = 1 << 20;
/// Stands where no other pair of an image comes.
const NO_PAIR: u32 = u32::MAX;

/// How much each group of artifacts is.
pub fn counts(search: &Search<'_>, groups: &[&[u32]]) -> Vec<Counts> {
    let hosts = (search.scope.end_of_hosts() as usize / 8).max(1);
    let at_once = (HOSTS / hosts).max(1);
    let (mut left, mut counts) = (groups, Vec::with_capacity(groups.len()));
    while let Some((first, rest)) = left.split_first() {
        if rest.is_empty() || at_once == 1 {
            counts.push(alone(search, first));
            left = rest;
            continue;
        }
        let mut some = SideBySide::new(search);
        while let Some((next, rest)) = left.split_first()
            && some.has_room(at_once)
        {
            some.add(search, next);
            left = rest;
        }
        counts.extend(some.counts(search));
    }
    counts
}

fn alone(search: &Search<'_>, group: &[u32]) -> Counts {
    let mut counter = Counter::new(&search.scope);
    for artifact in group {
        search.count_in(&mut counter, *artifact);
    }
    counter.take(&search.scope)
}

/// An image that holds something of a group.
struct Pair {
    /// The group's place.
    group: u32,
    /// The image's next pair.
    next: u32,
}

/// Groups whose images were found.
struct SideBySide {
    /// By the image's number, its first pair.
    first: Vec<u32>,
    pairs: Vec<Pair>,
    counts: Vec<Counts>,
}

impl SideBySide {
    fn new(search: &Search<'_>) -> Self {
        Self {
            first: vec![NO_PAIR; search.index.images.end()],
            pairs: Vec::new(),
            counts: Vec::new(),
        }
    }

    fn has_room(&self, groups: usize) -> bool {
        self.counts.len() < groups && self.pairs.len() < PAIRS
    }

    fn add(&mut self, search: &Search<'_>, artifacts: &[u32]) {
        let group = self.counts.len() as u32;
        let mut counts = Counts::default();
        for artifact in artifacts {
            let mut rows = 0;
            for image in search.holding(*artifact) {
                let containers = search.scope.containers(image);
                rows += containers;
                if containers > 0 && self.pair(image, group) {
                    counts.images += 1;
                    counts.containers += u64::from(containers);
                }
            }
            counts.artifacts += u64::from(rows > 0);
        }
        self.counts.push(counts);
    }

    /// Puts an image into the group that is added; whether it wasn't in it.
    fn pair(&mut self, image: u32, group: u32) -> bool {
        let Some(first) = self.first.get_mut(image as usize) else {
            return false;
        };
        // A group's pairs come one after the other, so that an image's first is the last one's.
        let known = self.pairs.get(*first as usize);
        if known.is_some_and(|known| known.group == group) {
            return false;
        }
        let next = std::mem::replace(first, self.pairs.len() as u32);
        self.pairs.push(Pair { group, next });
        true
    }

    fn counts(mut self, search: &Search<'_>) -> Vec<Counts> {
        let mut hosts = vec![search.scope.no_hosts(); self.counts.len()];
        for (image, first) in (0..).zip(&self.first) {
            let mut pair = self.pairs.get(*first as usize);
            while let Some(Pair { group, next }) = pair {
                if let Some(hosts) = hosts.get_mut(*group as usize) {
                    search.scope.each_host(image, |host| hosts.add(host));
                }
                pair = self.pairs.get(*next as usize);
            }
        }
        for (counts, hosts) in self.counts.iter_mut().zip(&hosts) {
            counts.hosts = hosts.count();
        }
        self.counts
    }
}
