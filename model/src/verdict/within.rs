//! Whether a version lies in a range, by the rule of the OSV schema.
//!
//! The events of a range are taken in the order of their versions, and those at one version in the
//! order in which they stand. The last one that the version has reached decides: `introduced` and
//! `fixed` are reached at their version, `last_affected` behind it. A range with limits says nothing
//! of what isn't before one of them.

use std::cmp::Ordering;

use proto_types::Verdict;

use super::{because::Why, bound::Version};
use crate::advisory::{Event, Range};

/// What a range says of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said<'a> {
    pub(super) verdict: Verdict,
    pub(super) fixed: Option<&'a str>,
    pub(super) why: Why<'a>,
}

impl<'a> Said<'a> {
    pub(super) fn unknown(why: Why<'a>) -> Self {
        Self {
            verdict: Verdict::Unknown,
            fixed: None,
            why,
        }
    }

    pub(super) fn not_affected(why: Why<'a>) -> Self {
        Self {
            verdict: Verdict::NotAffected,
            fixed: None,
            why,
        }
    }
}

/// What a range says of a version, which must be readable unless nothing ends the range.
pub(super) fn range<'a>(version: &Version<'_>, range: &'a Range, name: &str) -> Said<'a> {
    if has_no_bounds(range) {
        return Said {
            verdict: Verdict::Affected,
            fixed: None,
            why: Why::Every,
        };
    }
    if !version.is_readable() {
        return Said::unknown(Why::VersionUnreadable);
    }
    let bounds = || range.events.iter().filter(|event| !is_open(event));
    let can_read = |event: &Event| {
        let bound = event.version();
        version.can_read(bound)
            || (version.is_of_commit(bound) && is_behind_a_release(version, range))
    };
    if let Some(bound) = bounds().find(|event| !can_read(event)) {
        return Said::unknown(Why::BoundUnreadable(bound.version()));
    }
    if bounds().any(|event| version.moves_past(event)) {
        return Said::unknown(Why::MovingTag);
    }
    let follows_none = |event: &&Event| version.may_be_of_main_module(name, event.version());
    if bounds().any(|event| follows_none(&event)) {
        return Said::unknown(Why::MainModule);
    }
    match deciding(version, range) {
        Some(Event::Introduced(since)) => affected(version, range, since),
        // Some feeds say by this that a package never was affected.
        Some(Event::Fixed(fixed)) if fixed == "0" => Said::not_affected(Why::Nothing),
        Some(Event::Fixed(fixed)) => Said {
            verdict: Verdict::Fixed,
            fixed: Some(fixed),
            why: Why::FixedIn(fixed),
        },
        Some(Event::LastAffected(last)) => Said::not_affected(Why::PastLast(last)),
        Some(Event::Limit(limit)) => Said::not_affected(Why::PastLimit(limit)),
        None => Said::not_affected(first(version, range).map_or(Why::Nothing, Why::BeforeFirst)),
    }
}

/// Whether a version has reached a release that the range names: what that says of releases counts, then, and not what it
/// says of a commit before all of them.
fn is_behind_a_release(version: &Version<'_>, range: &Range) -> bool {
    let releases = range.events.iter().filter(|event| !is_open(event));
    let mut releases = releases.filter(|event| version.can_read(event.version()));
    releases.any(|event| has_reached(version, event))
}

/// Whether every version is vulnerable, whatever it is.
fn has_no_bounds(range: &Range) -> bool {
    let begins = |event: &Event| matches!(event, Event::Introduced(_));
    range.events.iter().any(begins) && range.events.iter().all(is_open)
}

/// Whether an event is before or after every version, so that none has to be read.
fn is_open(event: &Event) -> bool {
    match event {
        Event::Introduced(version) => version == "0",
        Event::Limit(version) => version == "*",
        _ => false,
    }
}

/// The event that decides: the last that was reached, or a limit that isn't ahead.
fn deciding<'a>(version: &Version<'_>, range: &'a Range) -> Option<&'a Event> {
    let limits = range.events.iter().filter(|event| is_limit(event));
    let is_ahead = |event: &&Event| is_open(event) || version.compare(event.version()).is_lt();
    if let Some(limit) = limits.clone().next()
        && !limits.clone().any(|event| is_ahead(&event))
    {
        return Some(limit);
    }
    let reached = range
        .events
        .iter()
        .filter(|event| has_reached(version, event));
    reached.reduce(|last, event| match order(version, last, event) {
        Ordering::Greater => last,
        _ => event,
    })
}

fn is_limit(event: &Event) -> bool {
    matches!(event, Event::Limit(_))
}

fn has_reached(version: &Version<'_>, event: &Event) -> bool {
    match event {
        Event::Introduced(bound) => is_open(event) || version.compare(bound).is_ge(),
        Event::Fixed(bound) => version.compare(bound).is_ge(),
        Event::LastAffected(bound) => version.is_past(bound),
        Event::Limit(_) => false,
    }
}

/// The order of two events by their versions; `0` is before everything.
fn order(version: &Version<'_>, a: &Event, b: &Event) -> Ordering {
    match (is_open(a), is_open(b)) {
        (false, false) => version.order(a.version(), b.version()),
        (a, b) => b.cmp(&a),
    }
}

/// Affected, and by when it ends: the oldest fix that is ahead, or else the last version.
fn affected<'a>(version: &Version<'_>, range: &'a Range, since: &'a str) -> Said<'a> {
    let ahead = |bound: &&str| version.compare(bound).is_lt();
    let fixes = range.events.iter().filter_map(|event| match event {
        Event::Fixed(bound) => Some(bound.as_str()),
        _ => None,
    });
    let fixed = oldest(version, fixes.filter(ahead));
    let lasts = range.events.iter().filter_map(|event| match event {
        Event::LastAffected(bound) => Some(bound.as_str()),
        _ => None,
    });
    let last = oldest(version, lasts.filter(|bound| !version.is_past(bound)));
    let why = match (fixed, last) {
        (Some(fixed), _) => Why::OlderThan(fixed),
        (None, Some(last)) => Why::UpToLast(last),
        (None, None) if since == "0" => Why::Every,
        (None, None) => Why::EverySince(since),
    };
    Said {
        verdict: Verdict::Affected,
        fixed,
        why,
    }
}

/// The oldest version that is ahead of which it was introduced.
fn first<'a>(version: &Version<'_>, range: &'a Range) -> Option<&'a str> {
    let begun = range.events.iter().filter_map(|event| match event {
        Event::Introduced(bound) => Some(bound.as_str()),
        _ => None,
    });
    oldest(version, begun)
}

fn oldest<'a>(version: &Version<'_>, bounds: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    bounds.reduce(|oldest, bound| match version.order(bound, oldest) {
        Ordering::Less => bound,
        _ => oldest,
    })
}
