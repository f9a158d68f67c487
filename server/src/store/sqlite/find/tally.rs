//! How much fits, each thing counted once.

use std::rc::Rc;

use proto_types::Summary;

use super::{Found, ids::IdSet, scope::Image};

/// What was found so far.
#[derive(Default)]
pub struct Tally {
    /// Pairs of an artifact and a container.
    pub total: u64,
    /// The images, each once.
    pub images: Vec<Rc<Image>>,
    /// Every artifact that fits, whether or not it counts.
    pub fitting: Vec<i64>,
    seen: IdSet,
    artifacts: u64,
}

impl Tally {
    /// Counts an artifact in, where an image that counts holds it.
    pub fn add(&mut self, found: &Found) {
        self.fitting.push(found.candidate.id);
        self.artifacts += u64::from(!found.images.is_empty());
        for image in &found.images {
            self.total += image.hosts.len() as u64;
            if self.seen.insert(image.id) {
                self.images.push(Rc::clone(image));
            }
        }
    }

    /// The counts, once everything is in.
    pub fn summary(&self) -> Summary {
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
            first_seen: None,
            last_seen: None,
        }
    }
}
