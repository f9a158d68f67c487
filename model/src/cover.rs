//! Cover: which images to rebuild first, the fewest whose rebuild frees the most hosts, in order.
//!
//! A host is free once every image that it runs and that fits is rebuilt. Choosing the fewest
//! images for a number of hosts is a hard problem (set cover); this takes, again and again, the
//! image that frees the most hosts at once, then the one that most of the rest wait for.

use std::{cmp::Reverse, collections::BinaryHeap, ops::Range};

/// An image to rebuild.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rebuild {
    /// The image's number.
    pub image: u32,
    /// Hosts that are free once this one and those before it are rebuilt.
    pub hosts_clean: u64,
}

/// How much is won by rebuilding an image next: the hosts that this frees, all that run it, and
/// where two are equal the one that was seen first.
type Worth = (u32, u32, Reverse<u32>);

/// What is left to be rebuilt. Images are named by their places among those that were given.
#[derive(Default)]
struct Left {
    images: Vec<Image>,
    /// The hosts of all images, those of each side by side.
    hosts_of: Vec<u32>,
    /// By the host's number.
    hosts: Vec<Waiting>,
    /// What each image was worth when that last changed: it only grows.
    worth: BinaryHeap<(Worth, usize)>,
}

struct Image {
    number: u32,
    /// Where the hosts stand that run it, each once.
    hosts: Range<usize>,
    /// Hosts that wait for this image alone.
    alone: u32,
    is_left: bool,
}

/// What a host waits for.
#[derive(Clone, Copy, Default)]
struct Waiting {
    /// How many of its images are left.
    count: u32,
    /// All their places, one xor the other: where one is left, that is its place.
    places: u32,
}

/// The images to rebuild, at most `limit` of them, from all that fit: each with the hosts that run
/// it, by numbers that are given out one after the other. Images that were seen first have lower
/// numbers, and come first where two are equal.
pub fn cover<'h>(images: impl IntoIterator<Item = (u32, &'h [u32])>, limit: usize) -> Vec<Rebuild> {
    let mut left = Left::of(images);
    let mut chosen = Vec::new();
    let mut hosts_clean = 0;
    while chosen.len() < limit
        && let Some(place) = left.best()
    {
        hosts_clean += left.rebuild(place);
        let image = left.images.get(place).map_or(0, |image| image.number);
        chosen.push(Rebuild { image, hosts_clean });
    }
    chosen
}

impl Left {
    fn of<'h>(images: impl IntoIterator<Item = (u32, &'h [u32])>) -> Self {
        let mut left = Self::default();
        for (number, hosts) in images {
            left.add(number, hosts);
        }
        for host in left.hosts.iter().filter(|host| host.count == 1) {
            if let Some(image) = left.images.get_mut(host.places as usize) {
                image.alone += 1;
            }
        }
        let worth = left.images.iter().enumerate();
        left.worth = worth.map(|(place, image)| (image.worth(), place)).collect();
        left
    }

    fn add(&mut self, number: u32, hosts: &[u32]) {
        let (start, place) = (self.hosts_of.len(), self.images.len() as u32);
        self.hosts_of.extend_from_slice(hosts);
        let tail = self.hosts_of.get_mut(start..).unwrap_or_default();
        tail.sort_unstable();
        let mut kept = start;
        for from in start..self.hosts_of.len() {
            let Some(host) = self.hosts_of.get(from).copied() else {
                continue;
            };
            if kept > start && self.hosts_of.get(kept - 1) == Some(&host) {
                continue;
            }
            if let Some(slot) = self.hosts_of.get_mut(kept) {
                *slot = host;
            }
            kept += 1;
            self.wait(host, place);
        }
        self.hosts_of.truncate(kept);
        if kept > start {
            self.images.push(Image {
                number,
                hosts: start..kept,
                alone: 0,
                is_left: true,
            });
        }
    }

    /// A host waits for an image.
    fn wait(&mut self, host: u32, place: u32) {
        let host = host as usize;
        if host >= self.hosts.len() {
            self.hosts.resize(host + 1, Waiting::default());
        }
        if let Some(waiting) = self.hosts.get_mut(host) {
            waiting.count += 1;
            waiting.places ^= place;
        }
    }

    /// The image to take next.
    fn best(&mut self) -> Option<usize> {
        while let Some((worth, place)) = self.worth.pop() {
            let image = self.images.get(place).filter(|image| image.is_left);
            if image.is_some_and(|image| image.worth() == worth) {
                return Some(place);
            }
        }
        None
    }

    /// Takes an image away; how many hosts that frees.
    fn rebuild(&mut self, place: usize) -> u64 {
        let Some(image) = self.images.get_mut(place) else {
            return 0;
        };
        image.is_left = false;
        let mut freed = 0;
        for from in image.hosts.clone() {
            let host = self.hosts_of.get(from).copied().unwrap_or_default();
            let Some(waiting) = self.hosts.get_mut(host as usize) else {
                continue;
            };
            waiting.count -= 1;
            waiting.places ^= place as u32;
            match *waiting {
                Waiting { count: 0, .. } => freed += 1,
                Waiting { count: 1, places } => {
                    let last = places as usize;
                    if let Some(image) = self.images.get_mut(last) {
                        image.alone += 1;
                        self.worth.push((image.worth(), last));
                    }
                }
                Waiting { .. } => {}
            }
        }
        freed
    }
}

impl Image {
    const fn worth(&self) -> Worth {
        let hosts = self.hosts.end - self.hosts.start;
        (self.alone, hosts as u32, Reverse(self.number))
    }
}

#[cfg(test)]
mod tests {
    use std::{
        cmp::Reverse,
        collections::{BTreeMap, BTreeSet},
    };

    use proptest::prelude::*;

    use super::{Rebuild, cover};

    fn chosen(images: &[(u32, &[u32])], limit: usize) -> Vec<(u32, u64)> {
        cover(images.iter().copied(), limit)
            .into_iter()
            .map(|Rebuild { image, hosts_clean }| (image, hosts_clean))
            .collect()
    }

    #[test]
    fn the_image_that_frees_the_most_hosts_comes_first() {
        let images: [(u32, &[u32]); 3] = [(1, &[7]), (2, &[8, 9]), (3, &[7, 8, 9])];
        // None frees a host by itself at first; 3 is on the most hosts.
        assert_eq!(chosen(&images, 9), [(3, 0), (2, 2), (1, 3)]);
    }

    #[test]
    fn a_host_that_waits_for_one_image_alone_is_freed_by_it() {
        let images: [(u32, &[u32]); 2] = [(1, &[7, 8, 9]), (2, &[6, 7])];
        assert_eq!(chosen(&images, 9), [(1, 2), (2, 4)]);
    }

    #[test]
    fn where_two_are_equal_the_one_that_was_seen_first_comes_first() {
        let images: [(u32, &[u32]); 2] = [(5, &[1]), (4, &[2])];
        assert_eq!(chosen(&images, 9), [(4, 1), (5, 2)]);
    }

    #[test]
    fn no_more_are_chosen_than_asked_for() {
        let images: [(u32, &[u32]); 2] = [(5, &[1, 1, 1]), (4, &[2])];
        assert_eq!(chosen(&images, 1), [(4, 1)]);
        assert_eq!(chosen(&images, 0), []);
    }

    /// The same by looking at everything before each choice.
    fn plain(images: &BTreeMap<u32, BTreeSet<u32>>) -> Vec<(u32, u64)> {
        let (mut left, mut chosen) = (images.clone(), Vec::new());
        let waits = |host: &u32, left: &BTreeMap<u32, BTreeSet<u32>>| {
            left.values().filter(|hosts| hosts.contains(host)).count()
        };
        let mut clean = 0;
        while let Some(image) = left
            .iter()
            .max_by_key(|(image, hosts)| {
                let alone = hosts.iter().filter(|host| waits(host, &left) == 1);
                (alone.count(), hosts.len(), Reverse(**image))
            })
            .map(|(image, _)| *image)
        {
            let hosts = left.remove(&image).unwrap_or_default();
            clean += hosts.iter().filter(|host| waits(host, &left) == 0).count() as u64;
            chosen.push((image, clean));
        }
        chosen
    }

    proptest! {
        #[test]
        fn the_choice_is_that_of_a_look_at_everything(
            images in prop::collection::btree_map(
                0..30_u32, prop::collection::btree_set(0..12_u32, 1..6), 0..12)
        ) {
            let hosts: Vec<(u32, Vec<u32>)> = images
                .iter()
                .map(|(image, hosts)| (*image, hosts.iter().copied().collect()))
                .collect();
            let given: Vec<_> = hosts.iter().map(|(image, hosts)| (*image, &hosts[..])).collect();
            prop_assert_eq!(chosen(&given, usize::MAX), plain(&images));
        }
    }
}
