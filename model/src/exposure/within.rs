//! Whether hosts were clean in time: rid of what is affected within so many days of its publication, and for good.

use proto_types::{CleanWithin, ExposureState};

use super::{exposed::Exposure, spans::Spans};

/// The days that are looked at where none are named.
pub const DEFAULT_DAYS: [u32; 3] = [7, 14, 30];

/// A day in milliseconds.
const DAY: i64 = 86_400_000;

/// Whether a host was clean in time, the better first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clean {
    /// It was by then, as is known, and was not exposed since.
    InTime,
    /// It is exposed, and has time left.
    Open,
    /// It can't be known.
    Unknown,
    /// It was exposed then or later.
    Late,
}

/// Hosts by whether they were clean within so many days, each told once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Within(pub CleanWithin);

impl Exposure {
    /// Whether the host was clean so many days after publication; `None` where all that was affected had ended before
    /// that. Without a time of publication it can't be known.
    #[must_use]
    pub fn clean_within(&self, days: u32) -> Option<Clean> {
        let Some(published) = self.published else {
            return Some(Clean::Unknown);
        };
        if self.ran.last().is_none_or(|last| last <= published) {
            return None;
        }
        let deadline = published.saturating_add(i64::from(days).saturating_mul(DAY));
        // Of what comes after now nothing is known, and what is now may change until then.
        let looked_at = deadline.min(self.now);
        let from = Spans::of_one(looked_at, i64::MAX);
        let later = self.ran.and(&from);
        let is_exposed = later.without(&self.not_known).first().is_some();
        Some(match (is_exposed, deadline > self.now) {
            (true, true) => Clean::Open,
            (true, false) => Clean::Late,
            (false, _) if later.first().is_some() => Clean::Unknown,
            (false, _) if self.not_known.holds(looked_at) => Clean::Unknown,
            (false, _) => Clean::InTime,
        })
    }
}

/// How many full days a time has, which is in milliseconds.
#[must_use]
pub const fn days(ms: u64) -> u64 {
    ms / DAY.unsigned_abs()
}

/// The worse of two.
#[must_use]
pub const fn worst_state(one: ExposureState, other: ExposureState) -> ExposureState {
    match (one, other) {
        (ExposureState::Exposed, _) | (_, ExposureState::Exposed) => ExposureState::Exposed,
        (ExposureState::Unknown, _) | (_, ExposureState::Unknown) => ExposureState::Unknown,
        (ExposureState::Fixed, ExposureState::Fixed) => ExposureState::Fixed,
    }
}

impl Within {
    /// None yet, for so many days.
    #[must_use]
    pub fn of(days: u32) -> Self {
        Self(CleanWithin {
            days,
            ..CleanWithin::default()
        })
    }

    /// Counts a host in, by the worst that is known of it.
    pub const fn add(&mut self, clean: Clean) {
        let counts = &mut self.0;
        counts.hosts += 1;
        match clean {
            Clean::InTime => counts.clean += 1,
            Clean::Open => counts.open += 1,
            Clean::Unknown => counts.unknown += 1,
            Clean::Late => counts.late += 1,
        }
    }
}
