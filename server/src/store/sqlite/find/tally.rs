//! How much fits, each thing counted once.

use std::{
    collections::{BTreeMap, HashSet},
    rc::Rc,
};

use proto_types::{Summary, Timestamp};

use crate::store::Result;

use super::{
    candidates::Candidate,
    scope::{Image, Scope},
};

/// What was found so far.
pub struct Tally {
    /// Pairs of an artifact and a container.
    pub total: u64,
    /// The images, by their numbers.
    pub images: BTreeMap<i64, Rc<Image>>,
    artifacts: u64,
    first_seen: Option<Timestamp>,
    last_seen: Option<Timestamp>,
    knows_times: bool,
}

impl Tally {
    /// Nothing so far.
    pub const fn new() -> Self {
        Self {
            total: 0,
            images: BTreeMap::new(),
            artifacts: 0,
            first_seen: None,
            last_seen: None,
            knows_times: true,
        }
    }

    /// Counts an artifact in, where an image that counts holds it.
    pub fn add(&mut self, scope: &mut Scope<'_>, candidate: &Candidate) -> Result<()> {
        let images = scope.images(candidate.id)?;
        self.artifacts += u64::from(!images.is_empty());
        // An image's first and last time are its own, not those of some of its runs.
        self.knows_times &= !scope.narrows_runs();
        for image in images {
            self.total += image.hosts.len() as u64;
            self.images.entry(image.id).or_insert(image);
        }
        Ok(())
    }

    /// The counts, once everything is in.
    pub fn summary(mut self, as_of: Timestamp) -> Summary {
        let mut hosts: HashSet<i64> = HashSet::new();
        let mut containers = 0;
        for image in self.images.values() {
            containers += image.hosts.len() as u64;
            hosts.extend(&image.hosts);
            let last = image.last_seen.unwrap_or(as_of);
            self.first_seen = Some(
                self.first_seen
                    .map_or(image.first_seen, |first| first.min(image.first_seen)),
            );
            self.last_seen = Some(self.last_seen.map_or(last, |known| known.max(last)));
        }
        Summary {
            artifacts: self.artifacts,
            images: self.images.len() as u64,
            containers,
            hosts: hosts.len() as u64,
            first_seen: self.first_seen.filter(|_| self.knows_times),
            last_seen: self.last_seen.filter(|_| self.knows_times),
        }
    }
}
