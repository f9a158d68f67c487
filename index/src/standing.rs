//! How hosts stand now: what the last reports of each told, and how many stand how.

use jiff::{SignedDuration, Timestamp};
use model::presence::{self, Facts};
use proto_types::HostState;

/// What counts of a host for how it stands now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stands {
    /// Whether it has enrolled.
    pub enrolled: bool,
    /// When its last full report came.
    pub last_full_at: Option<Timestamp>,
    /// Whether two machines report as it.
    pub cloned: bool,
    /// Whether its last full report lacks something.
    pub incomplete: bool,
    /// Containers that it runs without an image.
    pub containers_without_image: u64,
    /// Runtimes on it that nobody looks at.
    pub runtimes_not_looked_at: u64,
}

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
    /// Containers without an image.
    pub containers_without_image: u64,
    /// Runtimes that nobody looks at.
    pub runtimes_not_looked_at: u64,
}

/// What counts of each host, by its number.
#[derive(Debug, Default)]
pub(crate) struct Stand(Vec<Option<Kept>>);

/// The same in 32 bytes.
#[derive(Debug, Clone, Copy)]
struct Kept {
    /// In milliseconds since 1970.
    last_full_at: Option<i64>,
    containers_without_image: u32,
    runtimes_not_looked_at: u32,
    enrolled: bool,
    cloned: bool,
    incomplete: bool,
}

impl Stand {
    /// Takes in how a host stands; `None` once it is removed.
    pub(crate) fn put(&mut self, host: u32, stands: Option<&Stands>) {
        let place = host as usize;
        if place >= self.0.len() {
            self.0.resize(place + 1, None);
        }
        if let Some(slot) = self.0.get_mut(place) {
            *slot = stands.map(kept);
        }
    }

    /// How the hosts stand at a moment.
    pub(crate) fn standing(&self, silent_after: SignedDuration, now: Timestamp) -> Standing {
        let fresh = presence::fresh(silent_after, now);
        let fresh = fresh.start().as_millisecond()..=fresh.end().as_millisecond();
        let mut standing = Standing::default();
        for kept in self.0.iter().flatten() {
            let facts = Facts {
                enrolled: kept.enrolled,
                fresh: kept.last_full_at.is_some_and(|last| fresh.contains(&last)),
                alone: !kept.cloned,
                listed: !kept.incomplete,
            };
            standing.enrolled += u64::from(kept.enrolled);
            standing.add(facts.state());
            standing.containers_without_image += u64::from(kept.containers_without_image);
            standing.runtimes_not_looked_at += u64::from(kept.runtimes_not_looked_at);
        }
        standing
    }
}

impl Standing {
    const fn add(&mut self, state: HostState) {
        match state {
            HostState::Pending => self.pending += 1,
            HostState::Silent => self.silent += 1,
            HostState::Cloned => self.cloned += 1,
            HostState::Incomplete => self.incomplete += 1,
            HostState::Reporting => {}
        }
    }
}

fn kept(stands: &Stands) -> Kept {
    let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    Kept {
        last_full_at: stands.last_full_at.map(Timestamp::as_millisecond),
        containers_without_image: count(stands.containers_without_image),
        runtimes_not_looked_at: count(stands.runtimes_not_looked_at),
        enrolled: stands.enrolled,
        cloned: stands.cloned,
        incomplete: stands.incomplete,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap_or_default()
    }

    #[test]
    fn hosts_count_by_their_state_and_a_removed_one_not_at_all() {
        let mut hosts = Stand::default();
        let reporting = Stands {
            enrolled: true,
            last_full_at: Some(at(100)),
            ..Stands::default()
        };
        hosts.put(7, Some(&reporting));
        hosts.put(1, Some(&Stands::default()));
        let cloned = Stands {
            cloned: true,
            runtimes_not_looked_at: 2,
            ..reporting
        };
        hosts.put(2, Some(&cloned));
        let incomplete = Stands {
            incomplete: true,
            containers_without_image: 3,
            ..reporting
        };
        hosts.put(3, Some(&incomplete));
        hosts.put(4, Some(&cloned));
        hosts.put(4, None);
        let hour = SignedDuration::from_hours(1);
        let then = hosts.standing(hour, at(200));
        let counts = Standing {
            enrolled: 3,
            pending: 1,
            silent: 0,
            cloned: 1,
            incomplete: 1,
            containers_without_image: 3,
            runtimes_not_looked_at: 2,
        };
        assert_eq!(then, counts);
        let later = Standing {
            silent: 3,
            cloned: 0,
            incomplete: 0,
            ..counts
        };
        assert_eq!(hosts.standing(hour, at(3_701)), later);
    }
}
