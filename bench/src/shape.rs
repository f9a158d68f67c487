//! The few numbers that describe a fleet: everything else about it follows from them.

use serde::{Deserialize, Serialize};

/// A fleet as a few numbers. Two fleets of one shape are the same to the last letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Hosts.
    pub hosts: u32,
    /// Containers on each of them.
    pub containers: u32,
    /// Images. Where there are as many containers, each image runs somewhere.
    pub images: u32,
    /// Bases that the images are built on, at most [`crate::fleet::BASES`].
    pub bases: u32,
    /// In how many cycles each container is replaced once; 0 for never. 20 is a churn of 5 % a cycle.
    pub replaced_every: u32,
    /// What all chance is drawn from.
    pub seed: u64,
    /// Whether artifacts have package URLs and licenses, which about doubles an SBOM.
    pub purls: bool,
}

impl Shape {
    /// Fleet L: 10,000 hosts with 20 containers each, of 20,000 images on 60 bases.
    pub const L: Self = Self {
        hosts: 10_000,
        containers: 20,
        images: 20_000,
        bases: 60,
        replaced_every: 20,
        seed: 1,
        purls: false,
    };

    /// How many containers run at a time.
    #[must_use]
    pub const fn runs(&self) -> u64 {
        self.hosts as u64 * self.containers as u64
    }
}
