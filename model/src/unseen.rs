//! Unseen: what a host runs that nobody looks at, as counts, and since when.

use jiff::{SignedDuration, Timestamp};
use proto_types::Unseen;

use crate::presence::{Span, began};

/// What of it there is so much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnseenKind {
    /// Containers without an image.
    ContainersWithoutImage,
    /// Other things that run containers.
    Runtimes,
}

impl UnseenKind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::ContainersWithoutImage, Self::Runtimes];

    /// How much of it a host tells of that keeps an empty answer from being a proof.
    #[must_use]
    pub fn count(self, unseen: &Unseen) -> u64 {
        match self {
            Self::ContainersWithoutImage => unseen.containers_without_image,
            Self::Runtimes => u64::try_from(unseen.gaps().count()).unwrap_or(u64::MAX),
        }
    }
}

/// What is told of a kind since a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// How much of it.
    pub count: u64,
    /// Since when.
    pub since: Timestamp,
}

/// What a report changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turn {
    /// What was told until now, with its time. That is empty where it was told at this very moment.
    pub ended: Option<Span>,
    /// What is told from now on.
    pub begun: Option<Told>,
}

/// What changes as a host tells of so much of a kind.
#[must_use]
pub fn told(
    before: Option<Told>,
    count: u64,
    silent_after: SignedDuration,
    now: Timestamp,
) -> Turn {
    if before.is_some_and(|before| before.count == count && before.since <= now) {
        return Turn::default();
    }
    Turn {
        ended: before.map(|before| Span::new(began(before.since, silent_after, now), now)),
        begun: (count > 0).then_some(Told { count, since: now }),
    }
}

#[cfg(test)]
mod tests {
    use proto_types::Runtime;

    use super::*;

    const HOUR: SignedDuration = SignedDuration::from_hours(1);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap_or_default()
    }

    fn of(count: u64, since: i64) -> Told {
        Told {
            count,
            since: at(since),
        }
    }

    fn turn(ended: Option<(i64, i64)>, begun: Option<Told>) -> Turn {
        let ended = ended.map(|(from, until)| Span::new(at(from), at(until)));
        Turn { ended, begun }
    }

    #[test]
    fn an_acknowledged_runtime_is_no_gap() {
        let runtime = |acknowledged| Runtime {
            kind: "docker".to_owned(),
            detail: String::new(),
            acknowledged,
        };
        let unseen = Unseen {
            containers_without_image: 3,
            runtimes: vec![runtime(true), runtime(false)],
        };
        let counts = UnseenKind::ALL.map(|kind| kind.count(&unseen));
        assert_eq!(counts, [3, 1]);
    }

    #[test]
    fn what_is_told_begins_goes_on_changes_and_ends() {
        let told = |before, count| told(before, count, HOUR, at(9000));
        assert_eq!(told(None, 0), Turn::default());
        assert_eq!(told(None, 1), turn(None, Some(of(1, 9000))));
        assert_eq!(told(Some(of(1, 100)), 1), Turn::default());
        let changed = turn(Some((100, 9000)), Some(of(2, 9000)));
        assert_eq!(told(Some(of(1, 100)), 2), changed);
        assert_eq!(told(Some(of(1, 100)), 0), turn(Some((100, 9000)), None));
    }

    #[test]
    fn what_was_told_at_a_moment_that_the_clock_was_set_back_behind_is_kept_as_far_as_it_may_be() {
        let goes_on = told(Some(of(1, 20_000)), 1, HOUR, at(9000));
        assert_eq!(goes_on, turn(Some((5400, 9000)), Some(of(1, 9000))));
    }
}
