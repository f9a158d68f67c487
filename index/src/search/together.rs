//! Counts several things at once that images hold together, as the packages of one source: an image's
//! runs are walked along once, and not once for each of them.

use model::tally::Counts;

use super::scope::Scope;
use crate::marks::Marks;

/// So many sets of things that images hold are kept apart; an image that holds yet another set has
/// its runs walked along for each thing of that.
const SETS: usize = 32;

/// Several things that are counted.
pub struct Together {
    /// By the image's number: a bit for each thing that it holds.
    held: Vec<u32>,
    counts: Vec<Counts>,
}

impl Together {
    /// No more things than this are counted at once.
    pub const MOST: usize = 32;

    /// Nothing, of images whose numbers are below a bound.
    pub fn below(images: usize) -> Self {
        Self {
            held: vec![0; images],
            counts: Vec::new(),
        }
    }

    /// Adds a thing with the images that hold it; whether any of those counts. A thing that none
    /// holds, or for which there is no room, is left out.
    pub fn add(&mut self, scope: &Scope<'_>, images: impl Iterator<Item = u32>) -> bool {
        if self.counts.len() >= Self::MOST {
            return false;
        }
        let bit = 1 << self.counts.len();
        let mut counts = Counts::default();
        for image in images {
            let containers = u64::from(scope.containers(image));
            let held = self.held.get_mut(image as usize);
            if let Some(held) = held.filter(|held| containers > 0 && **held & bit == 0) {
                *held |= bit;
                counts.images += 1;
                counts.containers += containers;
            }
        }
        let any = counts.images > 0;
        self.counts.extend(any.then_some(counts));
        any
    }

    /// How much each of them is, in the order in which they were added.
    pub fn count(self, scope: &Scope<'_>) -> Vec<Counts> {
        let mut hosts = vec![scope.no_hosts(); self.counts.len()];
        let mut sets: Vec<(u32, Marks)> = Vec::new();
        for (image, held) in (0..).zip(self.held).filter(|(_, held)| *held != 0) {
            let known = sets.iter().position(|(set, _)| *set == held);
            let set = match known {
                None if sets.len() < SETS => {
                    sets.push((held, scope.no_hosts()));
                    sets.last_mut()
                }
                known => known.and_then(|place| sets.get_mut(place)),
            };
            match set {
                Some((_, marks)) => scope.each_host(image, |host| marks.add(host)),
                None => {
                    for marks in of_set(&mut hosts, held) {
                        scope.each_host(image, |host| marks.add(host));
                    }
                }
            }
        }
        for (set, marks) in sets {
            of_set(&mut hosts, set).for_each(|one| one.add_all(&marks));
        }
        let counted = self.counts.into_iter().zip(hosts);
        counted
            .map(|(counts, hosts)| Counts {
                hosts: hosts.count(),
                ..counts
            })
            .collect()
    }
}

/// What belongs to the things of a set.
fn of_set(hosts: &mut [Marks], set: u32) -> impl Iterator<Item = &mut Marks> {
    let held = (0..)
        .zip(hosts)
        .filter(move |(thing, _)| set >> thing & 1 == 1);
    held.map(|(_, marks)| marks)
}
