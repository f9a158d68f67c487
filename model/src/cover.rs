//! Cover: which images to rebuild first, the fewest whose rebuild frees the most hosts, in order.
//!
//! A host is free once every image that it runs and that fits is rebuilt. Choosing the fewest
//! images for a number of hosts is a hard problem (set cover); this takes, again and again, the
//! image that frees the most hosts at once, then the one that most of the rest wait for.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

/// An image to rebuild.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rebuild {
    /// The image's number.
    pub image: i64,
    /// Hosts that are free once this one and those before it are rebuilt.
    pub hosts_clean: u64,
}

/// What is left to be rebuilt.
struct Left {
    by_host: HashMap<i64, HashSet<i64>>,
    hosts_of: HashMap<i64, HashSet<i64>>,
    /// Hosts that wait for this image alone.
    alone: HashMap<i64, u64>,
}

/// The images to rebuild, at most `limit` of them, from all that fit: each with the hosts that run
/// it. Images that were seen first have lower numbers, and come first where two are equal.
pub fn cover<'h>(images: impl IntoIterator<Item = (i64, &'h [i64])>, limit: usize) -> Vec<Rebuild> {
    let mut left = Left::of(images);
    let mut chosen = Vec::new();
    let mut hosts_clean = 0;
    while let Some(image) = left.best().filter(|_| chosen.len() < limit) {
        hosts_clean += left.rebuild(image);
        chosen.push(Rebuild { image, hosts_clean });
    }
    chosen
}

impl Left {
    fn of<'h>(images: impl IntoIterator<Item = (i64, &'h [i64])>) -> Self {
        let mut left = Self {
            by_host: HashMap::new(),
            hosts_of: HashMap::new(),
            alone: HashMap::new(),
        };
        for (image, hosts) in images {
            for host in hosts {
                left.by_host.entry(*host).or_default().insert(image);
                left.hosts_of.entry(image).or_default().insert(*host);
            }
        }
        for images in left.by_host.values().filter(|images| images.len() == 1) {
            for image in images {
                *left.alone.entry(*image).or_default() += 1;
            }
        }
        left
    }

    /// The image to take next; the one that was seen first where two are equal.
    fn best(&self) -> Option<i64> {
        self.hosts_of
            .iter()
            .max_by_key(|(image, hosts)| {
                let frees = self.alone.get(image).copied().unwrap_or_default();
                (frees, hosts.len(), Reverse(**image))
            })
            .map(|(image, _)| *image)
    }

    /// Takes an image away; how many hosts that frees.
    fn rebuild(&mut self, image: i64) -> u64 {
        let mut freed = 0;
        for host in self.hosts_of.remove(&image).unwrap_or_default() {
            let Some(images) = self.by_host.get_mut(&host) else {
                continue;
            };
            images.remove(&image);
            match images.len() {
                0 => freed += 1,
                1 => {
                    for last in images.iter() {
                        *self.alone.entry(*last).or_default() += 1;
                    }
                }
                _ => {}
            }
        }
        freed
    }
}

#[cfg(test)]
mod tests {
    use super::{Rebuild, cover};

    fn chosen(images: &[(i64, &[i64])], limit: usize) -> Vec<(i64, u64)> {
        cover(images.iter().copied(), limit)
            .into_iter()
            .map(|Rebuild { image, hosts_clean }| (image, hosts_clean))
            .collect()
    }

    #[test]
    fn the_image_that_frees_the_most_hosts_comes_first() {
        let images: [(i64, &[i64]); 3] = [(1, &[7]), (2, &[8, 9]), (3, &[7, 8, 9])];
        // None frees a host by itself at first; 3 is on the most hosts.
        assert_eq!(chosen(&images, 9), [(3, 0), (2, 2), (1, 3)]);
    }

    #[test]
    fn a_host_that_waits_for_one_image_alone_is_freed_by_it() {
        let images: [(i64, &[i64]); 2] = [(1, &[7, 8, 9]), (2, &[6, 7])];
        assert_eq!(chosen(&images, 9), [(1, 2), (2, 4)]);
    }

    #[test]
    fn where_two_are_equal_the_one_that_was_seen_first_comes_first() {
        let images: [(i64, &[i64]); 2] = [(5, &[1]), (4, &[2])];
        assert_eq!(chosen(&images, 9), [(4, 1), (5, 2)]);
    }

    #[test]
    fn no_more_are_chosen_than_asked_for() {
        let images: [(i64, &[i64]); 2] = [(5, &[1, 1, 1]), (4, &[2])];
        assert_eq!(chosen(&images, 1), [(4, 1)]);
        assert_eq!(chosen(&images, 0), []);
    }
}
