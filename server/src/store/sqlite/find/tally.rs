//! How much fits, each thing counted once.

use std::{collections::BTreeMap, rc::Rc};

use proto_types::Summary;

use crate::store::Result;

use super::{
    candidates::Candidate,
    hosts::HostSet,
    scope::{Image, Scope},
};

/// What was found so far.
#[derive(Default)]
pub struct Tally {
    /// Pairs of an artifact and a container.
    pub total: u64,
    /// The images, by their numbers.
    pub images: BTreeMap<i64, Rc<Image>>,
    /// Every artifact that fits, whether or not it counts.
    pub fitting: Vec<i64>,
    artifacts: u64,
}

impl Tally {
    /// Counts an artifact in, where an image that counts holds it.
    pub fn add(&mut self, scope: &mut Scope<'_>, candidate: &Candidate) -> Result<()> {
        let images = scope.images(candidate.id)?;
        self.fitting.push(candidate.id);
        self.artifacts += u64::from(!images.is_empty());
        for image in images {
            self.total += image.hosts.len() as u64;
            self.images.entry(image.id).or_insert(image);
        }
        Ok(())
    }

    /// The counts, once everything is in.
    pub fn summary(&self) -> Summary {
        let mut hosts = HostSet::default();
        for image in self.images.values() {
            hosts.extend(&image.hosts);
        }
        Summary {
            artifacts: self.artifacts,
            images: self.images.len() as u64,
            containers: self
                .images
                .values()
                .map(|image| image.hosts.len() as u64)
                .sum(),
            hosts: hosts.len(),
            first_seen: None,
            last_seen: None,
        }
    }
}
