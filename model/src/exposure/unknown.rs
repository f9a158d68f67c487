//! When it isn't known what ran on a host: before it reported, in its lapses, while it ran what nobody looks at, and
//! before what is kept.

use jiff::{SignedDuration, Timestamp};
use proto_types::UnknownKind;

use super::known::{GOES_ON, Unknown};
use crate::{
    presence::{HostTimes, Lapse, LapseKind, Span, began, silence},
    unseen,
};

/// What a host told, as far as it is kept.
#[derive(Debug, Clone, Copy)]
pub struct Told<'t> {
    /// Its times.
    pub times: HostTimes,
    /// What it told last of what nobody looks at.
    pub unseen: [Option<unseen::Told>; 2],
    /// Its lapses that are over.
    pub lapses: &'t [Lapse],
    /// When it told of what nobody looks at, as far as that is over.
    pub unseen_then: &'t [Span],
    /// Since when what ended is kept, where some of it was dropped.
    pub kept_since: Option<Timestamp>,
}

/// When it isn't known what ran on a host, but for its removal.
#[must_use]
pub fn of_host(told: &Told<'_>, silent_after: SignedDuration, now: Timestamp) -> Vec<Unknown> {
    let host = &told.times;
    let gone = host.removed_at.unwrap_or(GOES_ON);
    let enrolled = host.enrolled_at.unwrap_or(gone);
    let first_full = host.first_full_at.unwrap_or(gone);
    let mut all = vec![
        (UnknownKind::Pending, Span::new(host.added_at, enrolled)),
        (UnknownKind::Silent, Span::new(enrolled, first_full)),
    ];
    all.extend(
        told.lapses
            .iter()
            .map(|lapse| (kind(lapse.kind), lapse.span)),
    );
    let seen = told.unseen_then.iter();
    all.extend(seen.map(|span| (UnknownKind::Unseen, *span)));
    if let Some(kept) = told.kept_since {
        all.push((UnknownKind::Dropped, Span::new(host.added_at, kept)));
    }
    let heard = host.last_full_at.filter(|_| host.removed_at.is_none());
    let noted = |since: Timestamp| began(since, silent_after, now);
    let silent = heard.and_then(|last| silence(last, silent_after, now));
    let unseen = told.unseen.iter().flatten().filter(|one| one.count > 0);
    let go_on = [
        (UnknownKind::Silent, silent),
        (UnknownKind::Cloned, host.cloned_since.map(noted)),
        (UnknownKind::Incomplete, host.incomplete_since.map(noted)),
    ];
    let go_on = go_on
        .into_iter()
        .chain(unseen.map(|one| (UnknownKind::Unseen, Some(noted(one.since)))));
    all.extend(go_on.filter_map(|(kind, since)| Some((kind, Span::new(since?, GOES_ON)))));
    let there = Span::new(host.added_at, gone);
    let mut all: Vec<Unknown> = all
        .into_iter()
        .map(|(kind, span)| (kind, span.and(there)))
        .collect();
    all.retain(|(_, span)| !span.is_empty());
    all
}

/// That it isn't known whether a host was exposed since its removal, where something affected ran until then.
#[must_use]
pub fn removed(host: &HostTimes, ran: &[Span]) -> Option<Unknown> {
    let gone = host.removed_at?;
    let ran_until_then = ran.iter().any(|span| span.until >= gone);
    ran_until_then.then_some((UnknownKind::Removed, Span::new(gone, GOES_ON)))
}

/// Why a lapse leaves it unknown.
const fn kind(lapse: LapseKind) -> UnknownKind {
    match lapse {
        LapseKind::Silent => UnknownKind::Silent,
        LapseKind::Cloned => UnknownKind::Cloned,
        LapseKind::Incomplete => UnknownKind::Incomplete,
    }
}
