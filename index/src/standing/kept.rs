//! What counts of each host, in 40 bytes for most of them.

use hashbrown::HashMap;
use jiff::Timestamp;
use model::{
    presence::{Heard, HostTimes},
    unseen::Told,
};

use super::stands::Stands;

/// Stands where there is no time.
const NEVER: i64 = i64::MIN;

/// What counts of each host, by its number.
#[derive(Debug, Default)]
pub struct Kept {
    hosts: Vec<Host>,
    /// The rest, of those that have any.
    rest: HashMap<u32, Rest>,
}

/// What every host has, in milliseconds since 1970.
#[derive(Debug, Clone, Copy)]
struct Host {
    added_at: i64,
    enrolled_at: i64,
    first_full_at: i64,
    last_full_at: i64,
    has_rest: bool,
}

/// What few have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Rest {
    removed_at: Option<Timestamp>,
    cloned_since: Option<Timestamp>,
    incomplete_since: Option<Timestamp>,
    unseen: [Option<Told>; 2],
}

const NOBODY: Host = Host {
    added_at: NEVER,
    enrolled_at: NEVER,
    first_full_at: NEVER,
    last_full_at: NEVER,
    has_rest: false,
};

impl Kept {
    /// Keeps how a host stands.
    pub fn put(&mut self, host: u32, stands: &Stands) {
        let place = host as usize;
        if place >= self.hosts.len() {
            self.hosts.resize(place + 1, NOBODY);
        }
        let times = &stands.times;
        let rest = Rest {
            removed_at: times.removed_at,
            cloned_since: times.cloned_since,
            incomplete_since: times.incomplete_since,
            unseen: stands.unseen,
        };
        let has_rest = rest != Rest::default();
        match has_rest {
            true => self.rest.insert(host, rest),
            false => self.rest.remove(&host),
        };
        if let Some(slot) = self.hosts.get_mut(place) {
            *slot = Host {
                added_at: times.added_at.as_millisecond(),
                enrolled_at: ms(times.enrolled_at),
                first_full_at: ms(times.first_full_at),
                last_full_at: ms(times.last_full_at),
                has_rest,
            };
        }
    }

    /// What takes memory, in bytes.
    pub fn size(&self) -> usize {
        self.hosts.capacity() * size_of::<Host>() + self.rest.allocation_size()
    }

    /// How a host stands.
    pub fn get(&self, host: u32) -> Option<Stands> {
        let kept = self.hosts.get(host as usize)?;
        self.read(host, kept)
    }

    /// A host's number is below this.
    pub const fn end(&self) -> u32 {
        self.hosts.len() as u32
    }

    /// When a host was heard of which nothing else is kept.
    pub fn heard(&self, host: u32) -> Option<Heard> {
        let kept = self.hosts.get(host as usize)?;
        let heard = Heard {
            added: kept.added_at,
            enrolled: kept.enrolled_at,
            first_full: kept.first_full_at,
            last_full: kept.last_full_at,
        };
        (!kept.has_rest).then_some(heard)
    }

    fn read(&self, host: u32, kept: &Host) -> Option<Stands> {
        let rest = match kept.has_rest {
            true => self.rest.get(&host).copied().unwrap_or_default(),
            false => Rest::default(),
        };
        Some(Stands {
            times: HostTimes {
                added_at: time(kept.added_at)?,
                enrolled_at: time(kept.enrolled_at),
                removed_at: rest.removed_at,
                first_full_at: time(kept.first_full_at),
                last_full_at: time(kept.last_full_at),
                cloned_since: rest.cloned_since,
                incomplete_since: rest.incomplete_since,
            },
            unseen: rest.unseen,
        })
    }
}

fn ms(time: Option<Timestamp>) -> i64 {
    time.map_or(NEVER, Timestamp::as_millisecond)
}

fn time(ms: i64) -> Option<Timestamp> {
    match ms {
        NEVER => None,
        ms => Timestamp::from_millisecond(ms).ok(),
    }
}
