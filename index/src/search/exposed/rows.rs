//! Hosts and how long they were exposed, from where the last page ended: by advisory, then by host.

use std::ops::ControlFlow;

use model::{
    advisory::Advisory,
    bounds,
    exposure::{GOES_ON, days},
};
use proto_types::{ExposureRow, UnknownTime};

use super::{
    known::Exposing,
    of_advisory::{ExposedHost, When},
};
use crate::search::{
    finding::Pause,
    judged::{Advisories, Stated},
    look::Search,
};

/// Where a page begins: at an advisory, by its place, and behind a host by name and number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BehindHost {
    /// The advisory.
    pub advisory: usize,
    /// The host.
    pub host: Option<(String, u32)>,
}

/// How far rows were walked along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WalkedHosts {
    /// To their end.
    All,
    /// To a pause: whether there are more from here on isn't known.
    Paused(BehindHost),
    /// As far as was wanted: there are more behind this.
    More(BehindHost),
}

/// A host and what an advisory means for it.
pub struct ExposureRowAt<'r, 'i> {
    advisory: &'r Advisory,
    cves: &'r [&'r str],
    host: &'r ExposedHost<'i>,
}

impl ExposureRowAt<'_, '_> {
    /// The row as it is answered.
    #[must_use]
    pub fn to_answer(&self) -> ExposureRow<'_> {
        let exposure = &self.host.exposure;
        let times = &exposure.unknown_times;
        let named = times.iter().take(bounds::UNKNOWN_TIMES);
        let unknown = named.map(|(kind, span)| UnknownTime {
            kind: *kind,
            from: span.from,
            until: (span.until < GOES_ON).then_some(span.until),
        });
        ExposureRow {
            advisory: &self.advisory.id,
            cves: self.cves.to_vec(),
            host: self.host.name,
            first_exposed: exposure.first,
            published: self.advisory.published,
            fixed_at: exposure.fixed,
            days: days(exposure.exposed),
            days_since_published: exposure.since_published.map(days),
            unknown_days: days(exposure.unknown),
            state: exposure.state,
            unknown: unknown.collect(),
            unknown_total: (times.len() > bounds::UNKNOWN_TIMES).then_some(times.len() as u64),
        }
    }
}

impl Search<'_> {
    /// Hands over at most so many rows, and none behind one that is enough. Between two advisories it may pause.
    pub fn exposure_rows(
        &self,
        (advisories, exposing): (&Advisories, &mut Exposing),
        from: &BehindHost,
        (limit, when, pause): (usize, When, Pause<'_>),
        mut take: impl FnMut(&ExposureRowAt<'_, '_>) -> ControlFlow<()>,
    ) -> WalkedHosts {
        let (mut left, mut last) = (limit, from.clone());
        let mut at = from.advisory;
        while let Some(advisory) = advisories.get(at) {
            let after = from.host.as_ref().filter(|_| at == from.advisory);
            let cves: Vec<&str> = advisory.cves().into_iter().collect();
            let statements = advisories.stated_of(at);
            let stated = Stated {
                advisory,
                statements: &statements,
            };
            for host in &self.exposed(stated, exposing, (after, when)) {
                if left == 0 {
                    return WalkedHosts::More(last);
                }
                let cves = cves.as_slice();
                left = match take(&ExposureRowAt {
                    advisory,
                    cves,
                    host,
                }) {
                    ControlFlow::Continue(()) => left - 1,
                    ControlFlow::Break(()) => 0,
                };
                last = BehindHost {
                    advisory: at,
                    host: Some((host.name.to_owned(), host.host)),
                };
            }
            at += 1;
            if pause() && advisories.get(at).is_some() {
                let advisory = at;
                return WalkedHosts::Paused(BehindHost {
                    advisory,
                    host: None,
                });
            }
        }
        WalkedHosts::All
    }
}
