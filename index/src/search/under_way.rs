//! How far answers have come that are worked on in pieces.

use std::ops::Range;

use model::cover::{self, Rebuild};

use crate::bits::Bits;

/// A walk along the images that hold something that fits.
#[derive(Default)]
pub struct Walking {
    /// Artifacts whose images were found.
    pub found: usize,
    /// The images that were found.
    pub images: Bits,
    /// Images below this were walked along.
    pub next: u32,
}

/// A timeline.
#[derive(Default)]
pub struct Line {
    /// The walk along its images.
    pub walking: Walking,
    /// By the number of a moment, how many more runs there are than at the one before.
    pub begun: Vec<i64>,
}

/// The images that can be rebuilt, with the hosts that run each.
#[derive(Default)]
pub struct Covering {
    /// The walk along them.
    pub(super) walking: Walking,
    images: Vec<(u32, Range<usize>)>,
    /// The hosts of all images, those of each side by side.
    hosts: Vec<u32>,
}

impl Covering {
    /// Adds an image with the hosts that `each` hands over.
    pub fn add(&mut self, image: u32, each: impl FnOnce(&mut dyn FnMut(u32))) {
        let start = self.hosts.len();
        each(&mut |host| self.hosts.push(host));
        self.images.push((image, start..self.hosts.len()));
    }

    /// How many images there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.images.len()
    }

    /// Chooses at most so many of them, for which the index isn't needed.
    #[must_use]
    pub fn choose(&self, limit: usize) -> Vec<Rebuild> {
        let hosts = |range: &Range<usize>| self.hosts.get(range.clone()).unwrap_or_default();
        let images = self.images.iter();
        cover::cover(images.map(|(image, range)| (*image, hosts(range))), limit)
    }
}
