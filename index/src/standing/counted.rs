//! Hosts counted by how they stand, and by what isn't seen on them.

use model::{
    presence::{self, Lapse, Span},
    unseen::UnseenKind,
};
use proto_types::HostState;

use super::{
    past::Ended,
    stands::{Clock, Stands},
};

/// Hosts by how they stand, and what is not seen on them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Those that have enrolled.
    pub enrolled: u64,
    /// Those that have not yet.
    pub pending: u64,
    /// Those that are silent.
    pub silent: u64,
    /// Those as which two machines report.
    pub cloned: u64,
    /// Those that can't list everything.
    pub incomplete: u64,
    /// How much nobody looks at, in the order of [`UnseenKind::ALL`].
    pub unseen: [u64; 2],
}

impl Standing {
    /// Adds a host that is or was in the fleet.
    pub const fn add(&mut self, state: HostState) {
        match state {
            HostState::Pending => self.pending += 1,
            HostState::Silent => self.silent += 1,
            HostState::Cloned => self.cloned += 1,
            HostState::Incomplete => self.incomplete += 1,
            HostState::Reporting => {}
        }
    }

    /// Adds what isn't seen on a host.
    pub fn add_unseen(&mut self, counts: [u64; 2]) {
        for (sum, count) in self.unseen.iter_mut().zip(counts) {
            *sum += count;
        }
    }

    /// Adds a host by what of its past touches a time.
    pub fn add_then(&mut self, stands: &Stands, past: &[Ended], time: Span, clock: Clock) {
        let lapses: Vec<Lapse> = past.iter().filter_map(Ended::lapse).collect();
        let Clock { now, silent_after } = clock;
        let state = presence::then(&stands.times, &lapses, time, silent_after, now);
        if let Some(state) = state {
            self.add(state);
        }
        self.enrolled += u64::from(presence::was_enrolled(&stands.times, time));
        self.add_unseen(UnseenKind::ALL.map(|kind| {
            let told = stands.unseen.get(kind as usize).copied().flatten();
            let goes_on = told.filter(|told| told.since < time.until);
            let over = past.iter().filter_map(|ended| ended.unseen(kind)).max();
            goes_on.map_or(0, |told| told.count).max(over.unwrap_or(0))
        }));
    }
}
