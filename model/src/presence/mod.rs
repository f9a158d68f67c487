//! Presence: how a host stands, now or over a time that has passed, by what it has told.
//!
//! Only full reports count: an update tells of one container, and nothing of all the others.

mod lapse;
#[cfg(test)]
mod tests;
mod throughout;

use jiff::{SignedDuration, Timestamp};
use proto_types::HostState;

pub use lapse::{Lapse, LapseKind, Span, fresh};
pub use throughout::{Heard, Throughout};

/// The moments that are kept of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostTimes {
    /// When it was added.
    pub added_at: Timestamp,
    /// When it enrolled first.
    pub enrolled_at: Option<Timestamp>,
    /// When it was removed.
    pub removed_at: Option<Timestamp>,
    /// When its first full report came.
    pub first_full_at: Option<Timestamp>,
    /// When its last full report came.
    pub last_full_at: Option<Timestamp>,
    /// Since when two machines report as it, where they do.
    pub cloned_since: Option<Timestamp>,
    /// Since when its listings are incomplete, where the last one was.
    pub incomplete_since: Option<Timestamp>,
}

/// What is known of a host, as answers to four questions; its state follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Has it enrolled?
    pub enrolled: bool,
    /// Is its last full report recent enough?
    pub fresh: bool,
    /// Does only one machine report as it?
    pub alone: bool,
    /// Did that last report list everything that runs?
    pub listed: bool,
}

impl Facts {
    /// How a host stands of which this is known.
    #[must_use]
    pub const fn state(self) -> HostState {
        match self {
            Self {
                enrolled: false, ..
            } => HostState::Pending,
            Self { fresh: false, .. } => HostState::Silent,
            Self { alone: false, .. } => HostState::Cloned,
            Self { listed: false, .. } => HostState::Incomplete,
            Self { .. } => HostState::Reporting,
        }
    }
}

/// Hosts that were counted instead of looked at: how many of them get how far through the
/// questions of [`Facts`], one after the other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// All of them.
    pub added: u64,
    /// Those that have enrolled.
    pub enrolled: u64,
    /// Those of them whose last full report is recent enough.
    pub fresh: u64,
    /// Those of them as which only one machine reports.
    pub alone: u64,
    /// Those of them that listed everything that runs.
    pub listed: u64,
}

impl Counted {
    /// How many stand like this.
    #[must_use]
    pub const fn in_state(self, state: HostState) -> u64 {
        match state {
            HostState::Pending => self.added.saturating_sub(self.enrolled),
            HostState::Silent => self.enrolled.saturating_sub(self.fresh),
            HostState::Cloned => self.fresh.saturating_sub(self.alone),
            HostState::Incomplete => self.alone.saturating_sub(self.listed),
            HostState::Reporting => self.listed,
        }
    }
}

/// How a host that was not removed stands now.
#[must_use]
pub fn now(host: &HostTimes, silent_after: SignedDuration, now: Timestamp) -> HostState {
    let fresh = fresh(silent_after, now);
    Facts {
        enrolled: host.enrolled_at.is_some(),
        fresh: host.last_full_at.is_some_and(|last| fresh.contains(&last)),
        alone: host.cloned_since.is_none(),
        listed: host.incomplete_since.is_none(),
    }
    .state()
}

/// How a host stood over a time that has passed: as at the worst of its moments. `None` where it
/// was no host of the fleet then. `lapses` are those that are kept of it.
#[must_use]
pub fn then(
    host: &HostTimes,
    lapses: &[Lapse],
    time: Span,
    silent_after: SignedDuration,
    now: Timestamp,
) -> Option<HostState> {
    let gone = host.removed_at.unwrap_or(Timestamp::MAX);
    let time = Span::new(host.added_at, gone).and(time);
    if time.is_empty() {
        return None;
    }
    let enrolled = host.enrolled_at.unwrap_or(gone);
    let unheard = Span::new(enrolled, host.first_full_at.unwrap_or(gone));
    let went_on = |kind, since: Option<Timestamp>| {
        since.is_some_and(|since| Span::new(since, time.until).touches(time))
            || lapses
                .iter()
                .any(|lapse| lapse.kind == kind && lapse.span.touches(time))
    };
    let silent_since = match host.removed_at {
        None => host
            .last_full_at
            .and_then(|last| silence(last, silent_after, now)),
        Some(_) => None,
    };
    let facts = Facts {
        enrolled: !Span::new(host.added_at, enrolled).touches(time),
        fresh: !unheard.touches(time) && !went_on(LapseKind::Silent, silent_since),
        alone: !went_on(LapseKind::Cloned, host.cloned_since),
        listed: !went_on(LapseKind::Incomplete, host.incomplete_since),
    };
    Some(facts.state())
}

/// Whether a host had enrolled at some moment of a time.
#[must_use]
pub fn was_enrolled(host: &HostTimes, time: Span) -> bool {
    let gone = host.removed_at.unwrap_or(Timestamp::MAX);
    host.enrolled_at
        .is_some_and(|enrolled| Span::new(enrolled, gone).touches(time))
}

/// What of a host's past is over once it reports everything, as one machine, or is removed: a
/// silence, a time in which two machines reported as it, and one in which its listings were
/// incomplete.
pub fn ended(
    host: &HostTimes,
    silent_after: SignedDuration,
    now: Timestamp,
) -> impl Iterator<Item = Lapse> {
    let silent = host
        .last_full_at
        .and_then(|last| silence(last, silent_after, now));
    let noted = move |since: Option<Timestamp>| since.map(|since| began(since, silent_after, now));
    let since = move |kind| match kind {
        LapseKind::Silent => silent,
        LapseKind::Cloned => noted(host.cloned_since),
        LapseKind::Incomplete => noted(host.incomplete_since),
    };
    let lapse = move |kind| {
        since(kind).map(|since| Lapse {
            kind,
            span: Span::new(since, now),
        })
    };
    let lapses = LapseKind::ALL.into_iter().filter_map(lapse);
    lapses.filter(|lapse| !lapse.span.is_empty())
}

/// Whether the clock was set back since a host's last full report. What was noted of the host may then
/// end in a time that has not come, and must not count until it has: it ends now.
#[must_use]
pub fn is_ahead(host: &HostTimes, now: Timestamp) -> bool {
    host.last_full_at.is_some_and(|last| last > now)
}

/// When something began that was noted at `since` and goes on. Where the clock was set back since,
/// how long ago that was is not known: at most as long as a silence.
pub(crate) fn began(since: Timestamp, silent_after: SignedDuration, now: Timestamp) -> Timestamp {
    if since > now {
        *fresh(silent_after, now).start()
    } else {
        since
    }
}

/// Since when a host is silent whose last full report came at `last`.
pub(crate) fn silence(
    last: Timestamp,
    silent_after: SignedDuration,
    now: Timestamp,
) -> Option<Timestamp> {
    let fresh = fresh(silent_after, now);
    if fresh.contains(&last) {
        return None;
    }
    // At the moment of its report all was known. Where the clock was set back since, it isn't
    // known how long ago that was.
    let heard = if last > now { *fresh.start() } else { last };
    Some(lapse::after(heard))
}
