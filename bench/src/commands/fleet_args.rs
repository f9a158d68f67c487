//! The options that describe a fleet.

use anyhow::ensure;
use bench::{
    fleet::{BASES, Fleet},
    shape::Shape,
};
use clap::Args;

/// Which fleet; that of fleet L where nothing is said.
#[derive(Args)]
pub struct FleetArgs {
    /// Hosts
    #[arg(long, value_name = "N", default_value_t = Shape::L.hosts)]
    hosts: u32,
    /// Containers on each host
    #[arg(long, value_name = "N", default_value_t = Shape::L.containers)]
    containers: u32,
    /// Images; as many of them run as there are containers
    #[arg(long, value_name = "N", default_value_t = Shape::L.images)]
    images: u32,
    /// Bases that the images are built on
    #[arg(long, value_name = "N", default_value_t = Shape::L.bases)]
    bases: u32,
    /// Each container is replaced once in so many cycles, by its project's next image; 0 for never
    #[arg(long, value_name = "N", default_value_t = Shape::L.replaced_every)]
    replaced_every: u32,
    /// What all chance is drawn from
    #[arg(long, value_name = "N", default_value_t = Shape::L.seed)]
    seed: u64,
    /// Give artifacts package URLs and licenses
    #[arg(long)]
    purls: bool,
}

impl FleetArgs {
    /// The fleet that they describe.
    pub fn fleet(&self) -> anyhow::Result<Fleet> {
        let all = [self.hosts, self.containers, self.images, self.bases];
        ensure!(
            all.iter().all(|number| *number > 0),
            "a fleet has hosts, containers, images and bases"
        );
        ensure!(self.bases <= BASES, "there are {BASES} bases");
        Ok(Fleet::new(Shape {
            hosts: self.hosts,
            containers: self.containers,
            images: self.images,
            bases: self.bases,
            replaced_every: self.replaced_every,
            seed: self.seed,
            purls: self.purls,
        }))
    }
}
