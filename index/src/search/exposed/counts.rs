//! Counting hosts by how they stand and by whether they were clean in time, each once for all advisories.

use std::collections::HashMap;

use model::exposure::{Clean, Within, worst_state};
use proto_types::{CleanWithin, ExposureState, ExposureSummary};

use super::{
    known::Exposing,
    of_advisory::{ExposedHost, When},
};
use crate::search::{
    finding::Pause,
    judged::{Advisories, Stated},
    look::Search,
};

/// The worst of a host.
struct Worst {
    state: ExposureState,
    clean: Box<[Option<Clean>]>,
}

/// How far hosts were counted.
#[derive(Default)]
pub struct ExposureCounts {
    place: usize,
    hosts: HashMap<u32, Worst>,
    /// Rows.
    pub rows: u64,
}

impl ExposureCounts {
    /// Goes on with counting, until it is to pause; whether all is counted.
    pub fn go_on(
        &mut self,
        search: &Search<'_>,
        (advisories, exposing): (&Advisories, &mut Exposing),
        (days, when, pause): (&[u32], When, Pause<'_>),
    ) -> Option<()> {
        while let Some(advisory) = advisories.get(self.place) {
            let statements = advisories.stated_of(self.place);
            let stated = Stated {
                advisory,
                statements: &statements,
            };
            for one in search.exposed(stated, exposing, (None, when)) {
                self.add(&one, days);
            }
            self.place += 1;
            if pause() && advisories.get(self.place).is_some() {
                return None;
            }
        }
        Some(())
    }

    fn add(&mut self, one: &ExposedHost<'_>, days: &[u32]) {
        self.rows += 1;
        let (state, exposure) = (one.exposure.state, &one.exposure);
        let clean = days.iter().map(|days| exposure.clean_within(*days));
        match self.hosts.get_mut(&one.host) {
            Some(worst) => {
                worst.state = worst_state(worst.state, state);
                for (known, clean) in worst.clean.iter_mut().zip(clean) {
                    // None is the best: it is no matter of this one.
                    *known = (*known).max(clean);
                }
            }
            None => {
                let clean = clean.collect();
                self.hosts.insert(one.host, Worst { state, clean });
            }
        }
    }

    /// Hosts by how they stand.
    #[must_use]
    pub fn summary(&self) -> ExposureSummary {
        let of = |state| self.hosts.values().filter(|one| one.state == state).count() as u64;
        ExposureSummary {
            hosts: self.hosts.len() as u64,
            exposed: of(ExposureState::Exposed),
            unknown: of(ExposureState::Unknown),
            fixed: of(ExposureState::Fixed),
        }
    }

    /// Hosts by whether they were clean in time.
    #[must_use]
    pub fn within(&self, days: &[u32]) -> Vec<CleanWithin> {
        let each = days.iter().enumerate().map(|(place, days)| {
            let mut within = Within::of(*days);
            let clean = self.hosts.values();
            for clean in clean.filter_map(|one| one.clean.get(place).copied().flatten()) {
                within.add(clean);
            }
            within.0
        });
        each.collect()
    }
}
