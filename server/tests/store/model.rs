//! The plain model that the property tests hold the store against: what ran, what is leased and
//! what is known of images, kept in lists by the rules of the design and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use proto_types::{Lease, Opinion, ScanStatus};

/// How long a lease holds, in seconds.
pub const TTL: i64 = 1800;

/// A clock that is set back by no more than this is waited for, in seconds.
const SET_BACK: i64 = 60;

/// An interval in which a host ran a container on an image, in seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub host: usize,
    pub container: String,
    pub image: u8,
    pub since: i64,
    pub until: Option<i64>,
}

/// A lease that was given.
#[derive(Debug, Clone)]
pub struct Given {
    pub host: usize,
    pub image: u8,
    pub lease: Lease,
    pub expires: i64,
    /// Whether its holder has told how it went.
    pub told: bool,
}

/// The SBOM that is known of an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub host: usize,
    pub generation: u64,
    pub status: ScanStatus,
    pub content: u8,
}

/// What must be.
#[derive(Debug, Default)]
pub struct Model {
    /// What the clock says.
    pub clock: i64,
    /// The time of the last change.
    pub last: i64,
    pub seqs: BTreeMap<usize, u64>,
    pub runs: Vec<Run>,
    pub given: Vec<Given>,
    pub known: BTreeMap<u8, Known>,
    /// What another host said of what is known of an image, and which.
    pub opinions: BTreeMap<u8, (Opinion, usize)>,
    /// Images whose complete SBOM is to be replaced.
    pub again: BTreeSet<u8>,
    /// Hosts whose SBOMs of images were withdrawn.
    pub distrusted: BTreeSet<(usize, u8)>,
    /// The generation of each image's lease, or of what superseded it.
    pub generations: BTreeMap<u8, u64>,
}

impl Model {
    /// Takes a report's counter; false for a stale one.
    pub fn advance(&mut self, host: usize, seq: Option<u64>) -> bool {
        let last = self.seqs.entry(host).or_default();
        let seq = seq.unwrap_or(*last + 1);
        let newer = seq > *last;
        *last = seq.max(*last);
        if newer {
            self.change();
        }
        newer
    }

    /// What time it is.
    pub fn now(&self) -> i64 {
        match self.last > self.clock && self.last - self.clock <= SET_BACK {
            true => self.last,
            false => self.clock,
        }
    }

    /// Something changes.
    pub fn change(&mut self) {
        self.last = self.now();
    }

    /// A container runs on an image.
    pub fn runs_on(&mut self, host: usize, container: &str, image: u8) {
        if let Some(run) = self.live(host, container) {
            if run.image == image {
                return;
            }
            self.stops(host, container);
        }
        self.runs.push(Run {
            host,
            container: container.to_owned(),
            image,
            since: self.now(),
            until: None,
        });
    }

    /// A container doesn't run.
    pub fn stops(&mut self, host: usize, container: &str) {
        let now = self.now();
        if let Some(run) = self.live(host, container) {
            run.until = Some(now.max(run.since));
        }
    }

    /// Everything that runs on a host.
    pub fn lists(&mut self, host: usize, listing: &[(String, u8)], complete: bool) {
        for (container, image) in listing {
            self.runs_on(host, container, *image);
        }
        if complete {
            let live: Vec<String> = self
                .runs
                .iter()
                .filter(|run| run.host == host && run.until.is_none())
                .map(|run| run.container.clone())
                .collect();
            for container in live {
                if listing.iter().all(|(listed, _)| *listed != container) {
                    self.stops(host, &container);
                }
            }
        }
    }

    fn live(&mut self, host: usize, container: &str) -> Option<&mut Run> {
        self.runs
            .iter_mut()
            .find(|run| run.host == host && run.container == container && run.until.is_none())
    }

    /// What runs.
    pub fn now_running(&self) -> Vec<Run> {
        sorted(self.runs.iter().filter(|run| run.until.is_none()))
    }

    /// What ran at a time.
    pub fn running_at(&self, at: i64) -> Vec<Run> {
        let ran = |run: &&Run| run.since <= at && run.until.is_none_or(|until| until > at);
        sorted(self.runs.iter().filter(ran))
    }

    /// What ran at any time of a range.
    pub fn running_during(&self, from: i64, to: i64) -> Vec<Run> {
        let ran = |run: &&Run| run.since < to && run.until.is_none_or(|until| until > from);
        sorted(self.runs.iter().filter(ran))
    }

    /// The newest lease on an image.
    pub fn newest(&self, image: u8) -> Option<&Given> {
        self.given
            .iter()
            .filter(|given| given.image == image)
            .max_by_key(|given| given.lease.generation)
    }

    /// The generation of an image.
    pub fn generation(&self, image: u8) -> u64 {
        self.generations.get(&image).copied().unwrap_or_default()
    }

    /// What is known of an image is withdrawn.
    pub fn withdraw(&mut self, image: u8) {
        let Some(known) = self.known.remove(&image) else {
            return;
        };
        self.distrusted.insert((known.host, image));
        self.opinions.remove(&image);
        self.again.remove(&image);
        let goes_on = self
            .newest(image)
            .is_some_and(|newest| !newest.told && newest.host != known.host);
        if !goes_on {
            self.told(image);
            *self.generations.entry(image).or_default() += 1;
        }
    }

    /// Whether a host can add to what is known of an image: an SBOM, the rest of one, a new one that
    /// is asked for, or a second opinion.
    pub fn lacks(&self, host: usize, image: u8) -> bool {
        self.known.get(&image).is_none_or(|known| {
            let is_anothers = known.host != host && !self.opinions.contains_key(&image);
            known.status == ScanStatus::Partial || self.again.contains(&image) || is_anothers
        })
    }

    /// Whether an image isn't given to a host, since its SBOM of it was withdrawn and another host
    /// runs it.
    pub fn is_for_others(&self, host: usize, image: u8) -> bool {
        let mut runs = self.runs.iter();
        self.distrusted.contains(&(host, image))
            && runs.any(|run| run.image == image && run.host != host && run.until.is_none())
    }

    /// Whether a lease holds: nothing has come of it, and it ends within its length from now.
    pub fn is_live(&self, given: &Given) -> bool {
        let left = given.expires - self.now();
        let newest = self.newest(given.image);
        !given.told
            && left > 0
            && left <= TTL
            && newest.is_some_and(|newest| newest.lease.lease == given.lease.lease)
    }

    /// The host's part in an image's newest lease is told: it holds no more.
    pub fn told(&mut self, image: u8) {
        let newest = self.newest(image).map(|given| given.lease.lease.clone());
        for given in &mut self.given {
            given.told |= Some(&given.lease.lease) == newest.as_ref();
        }
    }
}

fn sorted<'r>(runs: impl Iterator<Item = &'r Run>) -> Vec<Run> {
    let mut runs: Vec<Run> = runs.cloned().collect();
    // What began at one moment stays in the order in which it was told.
    runs.sort_by_key(|run| (run.host, run.container.clone(), run.since));
    runs
}
