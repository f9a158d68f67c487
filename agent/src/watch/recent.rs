//! Which events were heard already: podman tells some twice, and after a restart it is asked to.
//!
//! Some releases of podman print half of their log again when that is replaced, and events aren't always
//! written in the order of their times. What is told again and taken for new would end what runs.

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

use jiff::Timestamp;

/// By how much an event may be later than a newer one.
const SLACK: Duration = Duration::from_secs(5);
/// How many events of that time are told apart; more are left to a listing.
const KEPT: usize = 4096;
/// How far back what was missed is asked for.
const LONGEST: Duration = Duration::from_secs(600);

/// The events of the last seconds.
#[derive(Debug)]
pub(super) struct Recent {
    /// What happened before is for the first full report: another agent may have told it.
    first: Timestamp,
    newest: Timestamp,
    heard: BTreeSet<(Timestamp, u64)>,
}

/// What an event is to somebody who heard those before it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// News.
    New,
    /// The same as before.
    Again,
    /// Too old to know.
    Old,
}

impl Recent {
    /// Nothing was heard before `now`.
    pub(super) const fn new(now: Timestamp) -> Self {
        Self {
            first: now,
            newest: now,
            heard: BTreeSet::new(),
        }
    }

    /// From when on events are wanted: a little before the last one, and not from the future, as
    /// it would be where the clock was set back.
    pub(super) fn since(&self, now: Timestamp) -> Timestamp {
        let earliest = before(now, LONGEST).max(self.first.min(now));
        before(self.newest.min(now), SLACK).max(earliest)
    }

    /// Hears an event of this time, written so.
    pub(super) fn hear(&mut self, at: Timestamp, line: &[u8], now: Timestamp) -> Heard {
        if self.newest > after(now, SLACK) {
            // The clock was set back: what was newest says nothing any more.
            *self = Self::new(now);
        }
        if at < self.first.max(before(self.newest, SLACK)) {
            return Heard::Old;
        }
        let mut hasher = DefaultHasher::new();
        line.hash(&mut hasher);
        let hash = hasher.finish();
        if self.heard.contains(&(at, hash)) {
            return Heard::Again;
        }
        // One from the future, by a clock that was set right since, must not make the next ones old.
        self.newest = self.newest.max(at.min(now));
        let oldest = before(self.newest, SLACK);
        self.heard = self.heard.split_off(&(oldest, 0));
        if self.heard.len() >= KEPT {
            return Heard::Old;
        }
        self.heard.insert((at, hash));
        Heard::New
    }
}

fn before(at: Timestamp, by: Duration) -> Timestamp {
    at.checked_sub(by).unwrap_or(Timestamp::MIN)
}

fn after(at: Timestamp, by: Duration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use jiff::Timestamp;

    use super::{Heard, KEPT, LONGEST, Recent, SLACK, after, before};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn what_is_told_again_is_no_news() {
        let mut recent = Recent::new(at(0));
        assert_eq!(recent.hear(at(1), b"start", at(1)), Heard::New);
        assert_eq!(recent.hear(at(1), b"died", at(1)), Heard::New);
        assert_eq!(recent.hear(at(1), b"start", at(1)), Heard::Again);
        assert_eq!(recent.hear(at(1), b"died", at(2)), Heard::Again);
        assert_eq!(recent.hear(at(2), b"start", at(2)), Heard::New);
    }

    #[test]
    fn what_is_told_long_after_is_old_and_a_little_late_is_news() {
        let mut recent = Recent::new(at(0));
        assert_eq!(recent.hear(at(100), b"a", at(100)), Heard::New);
        assert_eq!(recent.hear(at(98), b"b", at(100)), Heard::New);
        assert_eq!(recent.hear(at(10), b"c", at(100)), Heard::Old);
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nothing_from_being_heard() {
        let mut recent = Recent::new(at(0));
        assert_eq!(recent.hear(at(5000), b"a", at(5000)), Heard::New);
        assert_eq!(recent.since(at(-100)), at(-100));
        assert_eq!(recent.hear(at(100), b"b", at(100)), Heard::New);
        assert_eq!(recent.hear(at(101), b"c", at(101)), Heard::New);
    }

    #[test]
    fn an_event_from_the_future_makes_no_other_one_old() {
        let mut recent = Recent::new(at(0));
        assert_eq!(recent.hear(at(9000), b"a", at(1)), Heard::New);
        assert_eq!(recent.hear(at(2), b"b", at(2)), Heard::New);
    }

    #[test]
    fn a_storm_takes_a_bounded_room() {
        let mut recent = Recent::new(at(0));
        for number in 0..KEPT + 10 {
            recent.hear(at(1), number.to_string().as_bytes(), at(1));
        }
        assert_eq!(recent.heard.len(), KEPT);
        assert_eq!(recent.hear(at(1), b"new", at(1)), Heard::Old);
        assert_eq!(
            recent.hear(after(at(1), SLACK * 2), b"x", at(20)),
            Heard::New
        );
    }

    #[test]
    fn what_was_missed_is_asked_for_from_a_little_before_and_not_from_long_ago() {
        let mut recent = Recent::new(at(0));
        assert_eq!(recent.since(at(60)), at(0));
        assert_eq!(recent.hear(at(-1), b"before", at(1)), Heard::Old);
        assert_eq!(recent.hear(at(30), b"a", at(30)), Heard::New);
        assert_eq!(recent.since(at(60)), before(at(30), SLACK));
        assert_eq!(recent.since(at(90_000)), before(at(90_000), LONGEST));
    }
}
