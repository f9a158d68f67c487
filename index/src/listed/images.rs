//! Images, by digest, and what of one its runs tell.

use std::{collections::HashSet, ops::RangeInclusive};

use proto_types::{ImageDigest, ImageState, ScanStatus};

use crate::{change::Seq, fleet::Index, images::Image};

/// Which images are asked for.
#[derive(Debug, Clone, Default)]
pub struct Images {
    /// Only those that have come so far.
    pub state: Option<ImageState>,
    /// Only those that run, or that don't.
    pub running: Option<bool>,
    /// Only those that a digest names in this range, as their own or as an alias.
    pub digests: Option<RangeInclusive<ImageDigest>>,
    /// Those that are not tried again unasked, which the index doesn't know.
    pub quarantined: HashSet<u32>,
    /// The commit whose knowledge answers.
    pub pin: Seq,
}

/// What the runs of an image that go on tell of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImageRuns {
    /// How many containers run it.
    pub containers: u64,
    /// And on how many hosts.
    pub hosts: u64,
    /// Some of the names that it runs under, those that most hosts run it under first; the last one
    /// that it ran under where it doesn't run.
    pub names: Vec<String>,
}

impl Index {
    /// How many images there are.
    #[must_use]
    pub fn images_total(&self, asked: &Images) -> u64 {
        let fit = self.images.all().filter(|one| self.fits(asked, *one));
        fit.count() as u64
    }

    /// How many images there are in all.
    #[must_use]
    pub fn count_of_images(&self) -> u64 {
        self.images.count() as u64
    }

    /// At most so many of them behind a digest, by number and in order.
    #[must_use]
    pub fn images(&self, asked: &Images, after: Option<ImageDigest>, limit: usize) -> Vec<u32> {
        let behind = self.images.in_order(after);
        let fit = behind.filter(|one| self.fits(asked, *one));
        fit.map(|(number, _)| number).take(limit).collect()
    }

    /// How many images run that have a complete SBOM of less detail.
    #[must_use]
    pub fn running_of_less_detail(&self, detail: u32) -> u64 {
        let is_less = |(number, image): &(u32, &Image)| {
            self.images.status(*number) == Some(ScanStatus::Complete)
                && image.detail < detail
                && self.runs.ran(*number, None)
        };
        self.images.all().filter(is_less).count() as u64
    }

    /// What the runs of an image that go on tell, with at most so many names.
    #[must_use]
    pub fn runs_of_image(&self, image: u32, most_names: usize) -> ImageRuns {
        let runs = self.runs.live_of(image);
        let mut hosts = self.runs.live_hosts(image).to_vec();
        hosts.sort_unstable();
        hosts.dedup();
        let mut names = self.runs.names(image);
        if names.is_empty() {
            let last = self.runs.known(image);
            names.extend(last.map(|known| self.runs.texts().get(known.name)));
        }
        ImageRuns {
            containers: runs.len() as u64,
            hosts: hosts.len() as u64,
            names: names
                .into_iter()
                .take(most_names)
                .map(str::to_owned)
                .collect(),
        }
    }

    /// Whether any host but this one runs an image.
    #[must_use]
    pub fn others_run(&self, image: u32, host: u32) -> bool {
        let mut hosts = self.runs.live_hosts(image).iter();
        hosts.any(|one| *one != host)
    }

    /// The name that most hosts run an image under, or that it ran under last.
    #[must_use]
    pub fn image_name(&self, image: u32) -> Option<&str> {
        let name = self.runs.called(image, Seq::MAX)?;
        Some(self.runs.texts().get(name))
    }

    fn fits(&self, asked: &Images, (number, image): (u32, &Image)) -> bool {
        let pin = asked.pin;
        let in_state = |state| state == self.state_of(asked, number, image);
        let runs = || self.runs.seen(number, pin).is_some_and(|seen| seen.runs);
        let is_named = |digests: &RangeInclusive<ImageDigest>| {
            let alias =
                |(since, alias): &(Seq, ImageDigest)| *since <= pin && digests.contains(alias);
            digests.contains(&image.digest) || image.aliases.iter().any(alias)
        };
        image.since <= pin
            && asked.state.is_none_or(in_state)
            && asked.running.is_none_or(|running| running == runs())
            && asked.digests.as_ref().is_none_or(is_named)
    }

    fn state_of(&self, asked: &Images, number: u32, image: &Image) -> ImageState {
        let by_then = |since: Option<Seq>| since.is_some_and(|since| since <= asked.pin);
        if by_then(image.complete_since) {
            ImageState::Complete
        } else if asked.quarantined.contains(&number) {
            // Whether or not it has a partial SBOM.
            ImageState::Quarantined
        } else if by_then(image.scanned_since) {
            ImageState::Partial
        } else {
            ImageState::Unscanned
        }
    }
}
