//! What comes of what is known of a host and an advisory.

use jiff::Timestamp;
use proto_types::{ExposureState, UnknownKind};

use super::{
    known::{GOES_ON, Known, Unknown},
    spans::Spans,
};
use crate::presence::Span;

/// How long a host was exposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposure {
    /// When something affected began to run.
    pub first: Timestamp,
    /// When the last of it ended; `None` while it runs.
    pub fixed: Option<Timestamp>,
    /// How it stands now.
    pub state: ExposureState,
    /// For how long it is known that something affected ran, in milliseconds.
    pub exposed: u64,
    /// For how long since publication.
    pub since_published: Option<u64>,
    /// For how long it isn't known, since publication or the first exposure, whichever was first.
    pub unknown: u64,
    /// When that was, those of one kind that touch as one, in order.
    pub unknown_times: Vec<Unknown>,
    pub(super) ran: Spans,
    pub(super) not_known: Spans,
    pub(super) published: Option<i64>,
    pub(super) now: i64,
}

/// What comes of it; `None` where nothing affected ran up to now.
#[must_use]
pub fn exposure(known: &Known<'_>) -> Option<Exposure> {
    let now = known.now.as_millisecond();
    let passed = Spans::of_one(i64::MIN, now.saturating_add(1));
    let told = Spans::of(known.ran.iter().copied());
    let ran = told.and(&passed);
    let first = ran.first()?;
    let published = known.published.map(Timestamp::as_millisecond);
    let from = published.map_or(first, |published| published.min(first));
    let asked = Spans::of_one(from, now.saturating_add(1));
    let all_unknown = Spans::of(known.unknown.iter().map(|(_, span)| *span));
    let not_known = all_unknown.and(&asked);
    let exposed = ran.without(&not_known);
    let state = match (told.holds(now), not_known.holds(now)) {
        (true, _) => ExposureState::Exposed,
        (false, true) => ExposureState::Unknown,
        (false, false) => ExposureState::Fixed,
    };
    let later = published.map(|from| exposed.and(&Spans::of_one(from, i64::MAX)));
    Some(Exposure {
        first: time(first),
        fixed: match state {
            ExposureState::Exposed => None,
            _ => ran.last().map(time),
        },
        state,
        exposed: exposed.length(),
        since_published: later.map(|later| later.length()),
        unknown: not_known.length(),
        unknown_times: unknown_times(known.unknown, &asked),
        ran,
        not_known,
        published,
        now,
    })
}

/// When it isn't known, by kind and in order. What goes on now goes on.
fn unknown_times(unknown: &[Unknown], asked: &Spans) -> Vec<Unknown> {
    let end = asked.last().unwrap_or(i64::MIN);
    let mut times = Vec::new();
    for kind in UnknownKind::ALL {
        let of_kind = unknown.iter().filter(|(one, _)| one == kind);
        let of_kind = Spans::of(of_kind.map(|(_, span)| *span)).and(asked);
        times.extend(of_kind.each().map(|(from, until)| {
            let until = match until == end {
                true => GOES_ON,
                false => time(until),
            };
            (*kind, Span::new(time(from), until))
        }));
    }
    times.sort_by_key(|(_, span)| span.from);
    times
}

/// They were times when they came.
fn time(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(GOES_ON)
}
