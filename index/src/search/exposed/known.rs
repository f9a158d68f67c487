//! When it can't be known whether hosts were exposed, whichever the advisory: looked at once for each of them.

use std::{collections::HashMap, sync::Arc};

use model::{
    exposure::Unknown,
    presence::{HostTimes, Span},
};
use proto_types::{ScanStatus, UnknownKind};

use super::ran::span;
use crate::{
    fleet::Built,
    search::look::Search,
    standing::{Clock, Over},
};

/// A host's times, and when it isn't known what it ran.
pub(super) type Known = Arc<(HostTimes, Vec<Unknown>)>;

/// What was found out of hosts.
#[derive(Default)]
pub struct Exposing {
    built: Option<Built>,
    over: Over,
    known: HashMap<u32, Option<Known>>,
}

impl Exposing {
    /// What is known of a host.
    pub(super) fn known(&mut self, search: &Search<'_>, host: u32, clock: Clock) -> Option<Known> {
        if self.built.replace(search.index.built) != Some(search.index.built) {
            self.over = search.index.stand.over();
            self.known.clear();
        }
        let Self { over, known, .. } = self;
        let look = || {
            let (times, mut unknown) = search.index.stand.not_known(host, over, clock)?;
            search.add_not_scanned(host, &mut unknown);
            Some(Arc::new((times, unknown)))
        };
        known.entry(host).or_insert_with(look).clone()
    }
}

impl Search<'_> {
    /// When a host ran images of which it isn't known what they hold, or only a part.
    fn add_not_scanned(&self, host: u32, unknown: &mut Vec<Unknown>) {
        let pin = self.question.pin;
        let is_whole = |image: u32| {
            let set = self.index.images.get(image).and_then(|one| one.set_at(pin));
            set.is_some_and(|set| set.status == Some(ScanStatus::Complete))
        };
        for (run, past) in self.index.runs.of_host(host) {
            let until = past.filter(|past| past.ended <= pin).map(|past| past.until);
            if !is_whole(run.image)
                && let Some(at) = self.scope.at(run, until)
            {
                let time: Span = span(at.run.since, at.until);
                unknown.push((UnknownKind::Sbom, time));
            }
        }
    }
}
