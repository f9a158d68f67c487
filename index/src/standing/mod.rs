//! How hosts stand: what the last reports of each told, what is over of what they told before, and
//! how many stand how, now or over a time that has passed.

mod by_report;
mod counted;
mod kept;
mod not_known;
mod past;
mod stands;

use jiff::Timestamp;
use model::{
    exposure::Unknown,
    presence::{self, HostTimes, Span, Throughout},
};
use proto_types::HostState;

use by_report::ByReport;
pub use counted::Standing;
use kept::Kept;
pub use not_known::Over;
pub use past::Ended;
use past::Past;
pub use stands::{Clock, Stands};

/// What counts of all hosts that there are or were.
#[derive(Debug, Default)]
pub struct Stand {
    hosts: Kept,
    by_report: ByReport,
    past: Past,
}

impl Stand {
    /// Takes in how a host stands.
    pub fn put(&mut self, host: u32, stands: &Stands) {
        if let Some(before) = self.hosts.get(host) {
            self.by_report.take_out(&before);
        }
        self.by_report.take_in(stands);
        self.hosts.put(host, stands);
    }

    /// Takes in something that is over.
    pub fn end(&mut self, ended: &Ended) {
        self.past.add(ended);
    }

    /// Lets what of a host is over later than now be over now.
    pub fn set_back(&mut self, host: u32, now: Timestamp) {
        self.past.cut(host, now);
    }

    /// Forgets what was over before a moment.
    pub fn keep_since(&mut self, moment: Timestamp) {
        self.past.keep_since(moment);
    }

    /// Since when the past is kept, where some of it was dropped.
    pub const fn kept_since(&self) -> Option<Timestamp> {
        self.past.kept_since()
    }

    /// What takes memory, in bytes.
    pub fn size(&self) -> usize {
        self.hosts.size() + self.by_report.size() + self.past.size()
    }

    /// How the hosts stand now.
    pub fn now(&self, clock: Clock) -> Standing {
        self.by_report.standing(clock)
    }

    /// The hosts that are silent now, rising: each is looked at.
    pub fn silent(&self, clock: Clock) -> impl Iterator<Item = u32> {
        let is_silent = move |times: &HostTimes| {
            times.removed_at.is_none()
                && presence::now(times, clock.silent_after, clock.now) == HostState::Silent
        };
        (0..self.hosts.end()).filter(move |host| {
            let stands = self.hosts.get(*host);
            stands.is_some_and(|stands| is_silent(&stands.times))
        })
    }

    /// What is over, to be asked about many hosts.
    pub fn over(&self) -> Over {
        let always = Span::new(Timestamp::MIN, Timestamp::MAX);
        Over::of(self.past.touching(always, None))
    }

    /// A host's times, and when it wasn't known what ran on it.
    pub fn not_known(
        &self,
        host: u32,
        over: &Over,
        clock: Clock,
    ) -> Option<(HostTimes, Vec<Unknown>)> {
        let stands = self.hosts.get(host)?;
        Some(over.not_known((host, &stands), self.kept_since(), clock))
    }

    /// How these hosts stand now.
    pub fn now_of(&self, hosts: &[u32], clock: Clock) -> Standing {
        let mut standing = Standing::default();
        for stands in hosts.iter().filter_map(|host| self.hosts.get(*host)) {
            let times = &stands.times;
            if times.removed_at.is_none() {
                standing.enrolled += u64::from(times.enrolled_at.is_some());
                standing.add(presence::now(times, clock.silent_after, clock.now));
                standing.add_unseen(stands.unseen.map(|told| told.map_or(0, |told| told.count)));
            }
        }
        standing
    }

    /// How the hosts stood over a time that has passed, or these of them, rising.
    pub fn then(&self, hosts: Option<&[u32]>, time: Span, clock: Clock) -> Standing {
        let past = self.past.touching(time, hosts);
        let mut left = past.as_slice();
        let mut standing = Standing::default();
        let throughout = Throughout::of(time, clock.silent_after, clock.now);
        let mut add = |host: u32| {
            let first = left.partition_point(|ended| ended.host() < host);
            let (_, rest) = left.split_at(first);
            let behind = rest.partition_point(|ended| ended.host() == host);
            let (of_host, rest) = rest.split_at(behind);
            left = rest;
            let heard = self.hosts.heard(host).filter(|_| of_host.is_empty());
            if heard.is_some_and(|heard| throughout.reported(heard)) {
                standing.enrolled += 1;
            } else if let Some(stands) = self.hosts.get(host) {
                standing.add_then(&stands, of_host, time, clock);
            }
        };
        match hosts {
            None => (0..self.hosts.end()).for_each(add),
            Some(hosts) => hosts.iter().for_each(|host| add(*host)),
        }
        standing
    }
}

#[cfg(test)]
mod tests;
