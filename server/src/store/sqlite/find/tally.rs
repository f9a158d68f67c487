//! How much fits, each thing counted once.

use std::rc::Rc;

use model::tally;
use proto_types::{Summary, Timestamp};

use super::{
    found::Found,
    scope::{Image, Seen},
};

/// What was found so far.
#[derive(Default)]
pub struct Tally {
    /// Pairs of an artifact and a container.
    pub total: u64,
    /// The images, each once.
    pub images: Vec<Rc<Image>>,
    /// When the images that hold something that fits ran.
    pub seen: Seen,
    /// Every artifact that fits, whether or not it counts.
    pub fitting: Vec<i64>,
    counted: tally::Tally,
}

impl Tally {
    /// Counts an artifact in, where an image that counts holds it.
    pub fn add(&mut self, found: &Found) {
        self.fitting.push(found.candidate.id);
        self.seen.add(&found.held.seen);
        for image in &found.held.images {
            self.total += image.hosts.len() as u64;
            let hosts = image.hosts.iter().copied();
            if self.counted.add(found.candidate.id, image.id, hosts) {
                self.images.push(Rc::clone(image));
            }
        }
    }

    /// The counts, once everything is in, with when it was first and last seen.
    pub fn summary(
        &self,
        (first_seen, last_seen): (Option<Timestamp>, Option<Timestamp>),
    ) -> Summary {
        let counts = self.counted.counts();
        Summary {
            artifacts: counts.artifacts,
            images: counts.images,
            containers: counts.containers,
            hosts: counts.hosts,
            first_seen,
            last_seen,
        }
    }
}
