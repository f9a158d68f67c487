//! When what one advisory says is affected ran, by host, and when what it may mean did.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use model::{exposure::GOES_ON, presence::Span};
use proto_types::Verdict;

use crate::search::{
    judged::{ByDistro, Stated, meant, said_in},
    look::Search,
};

/// When something ran on a host.
#[derive(Debug, Default)]
pub struct Ran {
    /// What is affected.
    pub affected: Vec<Span>,
    /// What may be.
    pub unknown: Vec<Span>,
}

impl Search<'_> {
    /// When it ran on each host on which something affected did.
    pub(super) fn ran(&self, stated: Stated<'_>) -> BTreeMap<u32, Ran> {
        let images = self.images_by_verdict(stated);
        let mut by_host: BTreeMap<u32, Ran> = BTreeMap::new();
        for (image, _) in images.iter().filter(|(_, is_affected)| **is_affected) {
            self.scope.each_run(*image, |at| {
                let ran = by_host.entry(at.run.host).or_default();
                ran.affected.push(span(at.run.since, at.until));
            });
        }
        for (image, _) in images.iter().filter(|(_, is_affected)| !**is_affected) {
            self.scope.each_run(*image, |at| {
                if let Some(ran) = by_host.get_mut(&at.run.host) {
                    ran.unknown.push(span(at.run.since, at.until));
                }
            });
        }
        by_host
    }

    /// The images that hold something affected, and those of which it isn't known.
    fn images_by_verdict(&self, stated: Stated<'_>) -> HashMap<u32, bool> {
        let artifacts = &self.index.artifacts;
        let mut images: HashMap<u32, bool> = HashMap::new();
        for artifact in meant(artifacts, stated.advisory) {
            if !self.fitting().contains(artifact) {
                continue;
            }
            let at = artifacts.at(artifact);
            let mut by_distro = ByDistro::default();
            for image in self.holding(artifact) {
                let Some(distro) = self.scope.distro(image) else {
                    continue;
                };
                let verdict = match stated.is_nothing() {
                    true => by_distro
                        .said(stated.advisory, &at, distro)
                        .map(|said| said.verdict),
                    false => said_in(stated, self, (&at, image), distro).map(|said| said.verdict),
                };
                match verdict {
                    Some(Verdict::Affected) => drop(images.insert(image, true)),
                    Some(Verdict::Unknown) => {
                        images.entry(image).or_insert(false);
                    }
                    Some(Verdict::Fixed | Verdict::NotAffected) | None => {}
                }
            }
        }
        images
    }
}

/// The time of a run.
pub(super) fn span(since: i64, until: Option<i64>) -> Span {
    // They were times when they came.
    let time = |ms| Timestamp::from_millisecond(ms).unwrap_or_default();
    Span::new(time(since), until.map_or(GOES_ON, time))
}
