//! How much fits, each thing counted once.

use std::rc::Rc;

use proto_types::{Summary, Timestamp};

use super::{
    found::Found,
    ids::IdSet,
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
    known: IdSet,
    artifacts: u64,
}

impl Tally {
    /// Counts an artifact in, where an image that counts holds it.
    pub fn add(&mut self, found: &Found) {
        self.fitting.push(found.candidate.id);
        self.seen.add(&found.held.seen);
        self.artifacts += u64::from(!found.held.images.is_empty());
        for image in &found.held.images {
            self.total += image.hosts.len() as u64;
            if self.known.insert(image.id) {
                self.images.push(Rc::clone(image));
            }
        }
    }

    /// The counts, once everything is in, with when it was first and last seen.
    pub fn summary(
        &self,
        (first_seen, last_seen): (Option<Timestamp>, Option<Timestamp>),
    ) -> Summary {
        let mut hosts = IdSet::default();
        for image in &self.images {
            hosts.extend(&image.hosts);
        }
        Summary {
            artifacts: self.artifacts,
            images: self.images.len() as u64,
            containers: self
                .images
                .iter()
                .map(|image| image.hosts.len() as u64)
                .sum(),
            hosts: hosts.len(),
            first_seen,
            last_seen,
        }
    }
}
