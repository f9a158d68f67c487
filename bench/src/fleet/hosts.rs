//! The hosts of the fleet: their names, and what runs on each in which cycle.

use proto_types::{FullReport, ReportedContainer, Unseen};

use super::{Fleet, container::Container, projects::TAGS};
use crate::{
    catalog::project_name,
    chance::{Dice, below, draw, skewed},
};

/// What the hosts are for.
const ROLES: [&str; 8] = ["web", "api", "app", "db", "batch", "edge", "build", "ml"];
/// Where they stand.
const SITES: [&str; 6] = ["fra1", "ams2", "iad1", "pdx3", "sin1", "gru2"];
/// A number without a common divisor with any count of runs below it: it spreads the images over the hosts.
const SPREAD: u64 = 2_147_483_647;
/// The scanner that hosts say they have.
const SCANNER: &str = "syft 1.18.1";

impl Fleet {
    /// A host's name.
    #[must_use]
    pub fn host_name(&self, host: u32) -> String {
        let mut dice = Dice::of(&[50, self.shape.seed, u64::from(host)]);
        format!("{}-{}-{host:05}", dice.one(&ROLES), dice.one(&SITES))
    }

    /// What runs on a host in a cycle; 0 is the first.
    #[must_use]
    pub fn containers(&self, host: u32, cycle: u32) -> Vec<Container> {
        let slots = 0..self.shape.containers;
        slots
            .map(|slot| self.container(host, slot, cycle))
            .collect()
    }

    /// What a host's agent reports of that.
    #[must_use]
    pub fn report(&self, host: u32, cycle: u32, seq: u64) -> FullReport {
        let containers = self.containers(host, cycle).into_iter();
        let boot = draw(&[51, self.shape.seed, u64::from(host)]);
        FullReport {
            host: self.host_name(host),
            seq: Some(seq),
            complete: true,
            scanner: Some(SCANNER.to_owned()),
            detail: model::detail::KEPT,
            machine: Some(format!("{boot:016x}{:016x}", draw(&[boot]))),
            unseen: Unseen::default(),
            containers: containers
                .map(|container| ReportedContainer {
                    name: container.name,
                    image_name: self.image_name(container.image),
                    image_digest: self.digest(container.image),
                })
                .collect(),
        }
    }

    fn container(&self, host: u32, slot: u32, cycle: u32) -> Container {
        let image = self.image_of(host, slot, cycle);
        Container {
            name: format!("{}-{}", project_name(image / TAGS), slot + 1),
            image,
        }
    }

    /// The image that runs in a slot: first one, and after each replacement the project's next tag.
    #[must_use]
    pub fn image_of(&self, host: u32, slot: u32, cycle: u32) -> u32 {
        let first = self.first_image(host, slot);
        let every = self.shape.replaced_every;
        if every == 0 {
            return first;
        }
        let turn = below(draw(&[52, u64::from(host), u64::from(slot)]), every);
        let replaced = (turn + cycle) / every;
        let (project, tag) = (first / TAGS, first % TAGS);
        // The last project may have fewer tags than others.
        let tags = TAGS.min(self.shape.images - project * TAGS);
        project * TAGS + (tag + replaced) % tags
    }

    fn first_image(&self, host: u32, slot: u32) -> u32 {
        let (runs, images) = (self.shape.runs(), self.shape.images);
        let run = u64::from(host) * u64::from(self.shape.containers) + u64::from(slot);
        // Each image runs somewhere.
        let place = run * SPREAD % runs;
        if let Some(image) = u32::try_from(place).ok().filter(|place| *place < images) {
            return image;
        }
        let drawn = draw(&[53, self.shape.seed, run]);
        // What watches a host runs on each: a tag of the first project.
        if slot == 0 {
            return below(drawn, TAGS.min(images));
        }
        skewed(drawn, images, 1.7)
    }
}
