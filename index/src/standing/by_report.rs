//! Hosts counted by when their last full report came, so that how they stand now needs no look at
//! each: only at the times of those that are silent.

use std::collections::BTreeMap;

use jiff::Timestamp;
use model::presence::{self, Facts};
use proto_types::HostState;

use super::{
    counted::Standing,
    stands::{Clock, Stands},
};

/// The hosts that were not removed, counted.
#[derive(Debug, Default)]
pub struct ByReport {
    enrolled: u64,
    pending: u64,
    /// Those that have enrolled and sent no full report yet.
    unheard: u64,
    /// How the others stand if they are not silent.
    heard: Heard,
    /// The same of each time of a last full report, in milliseconds since 1970.
    at: BTreeMap<i64, Heard>,
    unseen: [u64; 2],
}

/// Hosts by how they stand if they are not silent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Heard {
    cloned: u32,
    incomplete: u32,
    reporting: u32,
}

impl ByReport {
    /// Counts a host.
    pub fn take_in(&mut self, stands: &Stands) {
        self.count(stands, |sum, one| *sum += one, |sum| *sum += 1);
    }

    /// Counts a host no more that stood like this.
    pub fn take_out(&mut self, stands: &Stands) {
        let less = |sum: &mut u64, one| *sum = sum.saturating_sub(one);
        self.count(stands, less, |sum| *sum = sum.saturating_sub(1));
    }

    /// What takes memory, in bytes: a node of the tree is two thirds full.
    pub fn size(&self) -> usize {
        self.at.len() * size_of::<(i64, Heard)>() * 3 / 2
    }

    /// How they stand by a clock.
    pub fn standing(&self, clock: Clock) -> Standing {
        let fresh = presence::fresh(clock.silent_after, clock.now);
        let first = fresh.start().as_millisecond();
        let behind = fresh.end().as_millisecond().saturating_add(1);
        let mut silent = Heard::default();
        for (_, of_time) in self.at.range(..first).chain(self.at.range(behind..)) {
            silent.cloned += of_time.cloned;
            silent.incomplete += of_time.incomplete;
            silent.reporting += of_time.reporting;
        }
        Standing {
            enrolled: self.enrolled,
            pending: self.pending,
            silent: self.unheard
                + u64::from(silent.cloned)
                + u64::from(silent.incomplete)
                + u64::from(silent.reporting),
            cloned: u64::from(self.heard.cloned - silent.cloned),
            incomplete: u64::from(self.heard.incomplete - silent.incomplete),
            unseen: self.unseen,
        }
    }

    fn count(
        &mut self,
        stands: &Stands,
        turn: impl Fn(&mut u64, u64),
        turn_one: impl Fn(&mut u32),
    ) {
        let times = &stands.times;
        if times.removed_at.is_some() {
            return;
        }
        for (sum, told) in self.unseen.iter_mut().zip(stands.unseen) {
            turn(sum, told.map_or(0, |told| told.count));
        }
        let last = match (times.enrolled_at, times.last_full_at) {
            (None, _) => return turn(&mut self.pending, 1),
            (Some(_), None) => {
                turn(&mut self.unheard, 1);
                return turn(&mut self.enrolled, 1);
            }
            (Some(_), Some(last)) => Timestamp::as_millisecond(last),
        };
        turn(&mut self.enrolled, 1);
        let heard = Facts {
            enrolled: true,
            fresh: true,
            alone: times.cloned_since.is_none(),
            listed: times.incomplete_since.is_none(),
        };
        let of_time = self.at.entry(last).or_default();
        for heard_then in [&mut *of_time, &mut self.heard] {
            turn_one(heard_then.of(heard.state()));
        }
        if *of_time == Heard::default() {
            self.at.remove(&last);
        }
    }
}

impl Heard {
    const fn of(&mut self, state: HostState) -> &mut u32 {
        match state {
            HostState::Cloned => &mut self.cloned,
            HostState::Incomplete => &mut self.incomplete,
            // The other two are of hosts that were not heard.
            HostState::Reporting | HostState::Pending | HostState::Silent => &mut self.reporting,
        }
    }
}
