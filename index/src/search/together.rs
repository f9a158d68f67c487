//! Counts several things at once that images hold together, as the packages of one source: an image's
//! runs are walked along once, and not once for each of them.

use model::tally::Counts;

use super::scope::Scope;

/// Several things that are counted.
pub struct Together {
    /// By the image's number: a bit for each thing that it holds.
    held: Vec<u32>,
    things: usize,
}

impl Together {
    /// No more things than this are counted at once.
    pub const MOST: usize = 32;

    /// Nothing, of images whose numbers are below a bound.
    pub fn below(images: usize) -> Self {
        Self {
            held: vec![0; images],
            things: 0,
        }
    }

    /// Adds a thing with the images that hold it; whether any of those counts. A thing that none
    /// holds, or for which there is no room, is left out.
    pub fn add(&mut self, scope: &Scope<'_>, images: impl Iterator<Item = u32>) -> bool {
        if self.things >= Self::MOST {
            return false;
        }
        let bit = 1 << self.things;
        let mut any = false;
        for image in images {
            if scope.containers(image) > 0
                && let Some(held) = self.held.get_mut(image as usize)
            {
                *held |= bit;
                any = true;
            }
        }
        self.things += usize::from(any);
        any
    }

    /// How much each of them is, in the order in which they were added.
    pub fn count(self, scope: &Scope<'_>) -> Vec<Counts> {
        let mut counts = vec![Counts::default(); self.things];
        let mut runs = 0;
        for (image, held) in self.images() {
            let containers = u64::from(scope.containers(image));
            runs += containers;
            for counts in of_set(&mut counts, held) {
                counts.images += 1;
                counts.containers += containers;
            }
        }
        for held in self.held_on_hosts(scope, runs) {
            for counts in of_set(&mut counts, held) {
                counts.hosts += 1;
            }
        }
        counts
    }

    /// What each host's images hold, by the host's number, where those that count have so many runs.
    fn held_on_hosts(&self, scope: &Scope<'_>, runs: u64) -> Vec<u32> {
        let end = scope.end_of_hosts();
        if scope.is_of_last() && scope.looks_from_hosts(runs) {
            let all = self.images().fold(0, |all, (_, held)| all | held);
            return (0..end)
                .map(|host| self.held_on(scope, host, all))
                .collect();
        }
        let mut hosts = vec![0; end as usize];
        for (image, held) in self.images() {
            scope.each_host(image, |host| {
                if let Some(slot) = hosts.get_mut(host as usize) {
                    *slot |= held;
                }
            });
        }
        hosts
    }

    /// What a host's images hold of these.
    fn held_on(&self, scope: &Scope<'_>, host: u32, all: u32) -> u32 {
        let mut held = 0;
        for image in scope.live_images(host) {
            held |= self.held.get(*image as usize).copied().unwrap_or_default();
            if held == all {
                break;
            }
        }
        held
    }

    fn images(&self) -> impl Iterator<Item = (u32, u32)> {
        let held = (0..).zip(&self.held).filter(|(_, held)| **held != 0);
        held.map(|(image, held)| (image, *held))
    }
}

/// What belongs to the things of a set.
fn of_set<T>(things: &mut [T], set: u32) -> impl Iterator<Item = &mut T> {
    let held = (0..)
        .zip(things)
        .filter(move |(thing, _)| set >> thing & 1 == 1);
    held.map(|(_, thing)| thing)
}
