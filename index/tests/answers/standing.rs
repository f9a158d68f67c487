//! Hosts that enroll, report and are removed, as the store would tell of it.

use index::{Change, Clock, Stands};
use jiff::{SignedDuration, Timestamp};
use model::{
    presence::{self, HostTimes, LapseKind},
    unseen::{self, UnseenKind},
};

use crate::plain::Plain;

/// A host is silent after so long.
const SILENT_AFTER: SignedDuration = SignedDuration::from_secs(40);

pub fn clock(now: Timestamp) -> Clock {
    Clock {
        now,
        silent_after: SILENT_AFTER,
    }
}

pub fn added(host: u32, now: Timestamp) -> Change {
    let times = HostTimes {
        added_at: now,
        enrolled_at: None,
        removed_at: None,
        first_full_at: None,
        last_full_at: None,
        cloned_since: None,
        incomplete_since: None,
    };
    let stands = Stands {
        times,
        unseen: [None; 2],
    };
    Change::Stands { host, stands }
}

/// A host that was not removed.
fn present(fleet: &Plain, host: u32) -> Option<Stands> {
    let stands = fleet.stands.get(&host).copied();
    stands.filter(|stands| stands.times.removed_at.is_none())
}

pub fn enrolled(fleet: &Plain, host: u32, now: Timestamp) -> Option<Change> {
    let mut stands = present(fleet, host)?;
    stands.times.enrolled_at = stands.times.enrolled_at.or(Some(now));
    Some(Change::Stands { host, stands })
}

/// What a full report tells: of a listing that is complete or not, of one machine or two.
pub fn reported(
    fleet: &Plain,
    host: u32,
    (complete, cloned): (bool, bool),
    counts: [u64; 2],
    now: Timestamp,
) -> Vec<Change> {
    let Some(mut stands) = present(fleet, host).filter(|one| one.times.enrolled_at.is_some())
    else {
        return Vec::new();
    };
    let mut changes = ended(host, &stands.times, now, |kind| match kind {
        LapseKind::Silent => false,
        LapseKind::Cloned => cloned,
        LapseKind::Incomplete => !complete,
    });
    let times = &mut stands.times;
    times.first_full_at = times.first_full_at.or(Some(now));
    times.last_full_at = Some(now);
    let since = |before: Option<Timestamp>, goes_on: bool| goes_on.then(|| before.unwrap_or(now));
    times.cloned_since = since(times.cloned_since, cloned);
    times.incomplete_since = since(times.incomplete_since, !complete);
    changes.extend(unseen(host, &mut stands, counts, now));
    changes.push(Change::Stands { host, stands });
    changes
}

pub fn removed(fleet: &Plain, host: u32, now: Timestamp) -> Vec<Change> {
    let Some(mut stands) = present(fleet, host) else {
        return Vec::new();
    };
    let mut changes = ended(host, &stands.times, now, |_| false);
    changes.extend(unseen(host, &mut stands, [0, 0], now));
    let times = &mut stands.times;
    (times.removed_at, times.cloned_since, times.incomplete_since) = (Some(now), None, None);
    changes.push(Change::Stands { host, stands });
    changes
}

fn ended(
    host: u32,
    times: &HostTimes,
    now: Timestamp,
    goes_on: impl Fn(LapseKind) -> bool,
) -> Vec<Change> {
    let ended = presence::ended(times, SILENT_AFTER, now).filter(|lapse| !goes_on(lapse.kind));
    ended.map(|lapse| Change::Lapsed { host, lapse }).collect()
}

fn unseen(host: u32, stands: &mut Stands, counts: [u64; 2], now: Timestamp) -> Vec<Change> {
    let mut changes = Vec::new();
    for (kind, count) in UnseenKind::ALL.into_iter().zip(counts) {
        let before = stands.unseen[kind as usize];
        let turn = unseen::told(before, count, SILENT_AFTER, now);
        if let (Some(before), Some(span)) = (before, turn.ended) {
            stands.unseen[kind as usize] = None;
            let count = before.count;
            changes.push(Change::WasUnseen {
                host,
                kind,
                count,
                span,
            });
        }
        if turn.begun.is_some() {
            stands.unseen[kind as usize] = turn.begun;
        }
    }
    changes.retain(|change| match change {
        Change::WasUnseen { span, .. } => !span.is_empty(),
        _ => true,
    });
    changes
}
