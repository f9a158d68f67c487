//! Which requests a level makes: its rows, how long it is, what it is about.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use proto_types::{Field, Match, Op};

use crate::tui::{
    ask::{AboutAsk, Ask, Fetch, Slot, Ticket},
    effect::{Effect, Task},
    layout,
    state::{DEEP, Level, MOST_SORTED, PAGE, Pending, Rows, State},
};

use super::details;

/// Where nothing newer is to be expected.
pub(super) const AT_ONCE: Duration = Duration::ZERO;
/// News are asked for anew after this time.
const NEWS_LAST: SignedDuration = SignedDuration::from_mins(5);
/// While someone types, or moves through a list.
pub(super) const TYPING: Duration = Duration::from_millis(120);

/// A ticket for a request of the level that is shown; an older one of the same slot is void.
pub(super) fn ticket(state: &mut State, slot: Slot) -> Ticket {
    let (generation, since) = (state.next_number(), state.now);
    let level = state.level_mut();
    level.pending.insert(slot, Pending { generation, since });
    let level = level.id;
    Ticket {
        level,
        slot,
        generation,
    }
}

/// Asks for the list from its beginning to the cursor, and for what stands above it.
pub(super) fn load(state: &mut State, patience: Duration) -> Vec<Effect> {
    let (now, at) = (state.now, state.at);
    let level = state.level_mut();
    level.asked_at = Some(now);
    level.outdated = false;
    let mut ask = level.subject.ask(&level.matches, at);
    if let Ask::Find(request) = &mut ask {
        request.limit = Some(rows_to_load(level));
    }
    let fetch = Fetch {
        ask,
        from: 0,
        keep: true,
        patience,
    };
    let mut effects = vec![Effect::start(
        ticket(state, Slot::Rows),
        Task::Fetch(Box::new(fetch)),
    )];
    effects.extend(total(state));
    effects.extend(picture(state, patience));
    effects.extend(news(state));
    effects
}

/// As far as the cursor, so that the selected thing is found again.
fn rows_to_load(level: &Level) -> u64 {
    if level.order.column.is_some() {
        return MOST_SORTED;
    }
    let rows = level.cursor.min(DEEP) + PAGE;
    rows.div_ceil(PAGE) * PAGE
}

/// Asks how long the list is without its filter.
fn total(state: &mut State) -> Option<Effect> {
    let at = state.at;
    let level = state.level();
    if !level.is_filtered() {
        return None;
    }
    let mut request = level.subject.find(&[], at)?;
    request.limit = Some(1);
    Some(Effect::start(
        ticket(state, Slot::Total),
        Task::Total(Box::new(request)),
    ))
}

/// Asks what stands above a list that is about one artifact.
fn picture(state: &mut State, patience: Duration) -> Option<Effect> {
    let at = state.at;
    let level = state.level();
    level.subject.artifact_name()?;
    let matches = level.subject.of().iter().chain(&level.matches);
    let is_one_version = |one: &Match| (one.field, one.op) == (Field::Version, Op::Eq);
    let by_version = !matches.clone().any(is_one_version);
    let ask = AboutAsk {
        of: Some(matches.cloned().collect()),
        at,
        timeline: true,
        by_version,
        ..AboutAsk::default()
    };
    let ticket = ticket(state, Slot::Picture);
    Some(Effect::start(ticket, Task::About(Box::new(ask), patience)))
}

/// Asks what is new, where that would be shown and isn't known yet or not of late.
fn news(state: &mut State) -> Option<Effect> {
    let now = state.now;
    let is_late = |(at, _): &(Timestamp, _)| now.duration_since(*at) < NEWS_LAST;
    if !state.wants_news() || state.news.as_ref().is_some_and(is_late) {
        return None;
    }
    Some(Effect::start(ticket(state, Slot::News), Task::News))
}

/// Asks for the list where it was never asked for, or for the rows that come onto the screen.
pub(super) fn missing(state: &mut State, height: u64) -> Vec<Effect> {
    let level = state.level_mut();
    if level.outdated || level.asked_at.is_none() {
        return load(state, AT_ONCE);
    }
    if level.pending.contains_key(&Slot::Rows) || level.problem.is_some() {
        return Vec::new();
    }
    let (cursor, top) = (level.cursor, level.top);
    let Some(Rows::Paged(paged)) = &mut level.rows else {
        return Vec::new();
    };
    paged.trim(cursor);
    let Some(step) = paged.step(top, height) else {
        return Vec::new();
    };
    let at = state.at;
    let level = state.level();
    let Some(mut request) = level.subject.find(&level.matches, at) else {
        return Vec::new();
    };
    request.limit = Some(step.limit);
    request.cursor = step.cursor;
    let fetch = Fetch {
        ask: Ask::Find(request),
        from: step.from,
        keep: step.keep,
        patience: AT_ONCE,
    };
    vec![Effect::start(
        ticket(state, Slot::Rows),
        Task::Fetch(Box::new(fetch)),
    )]
}

/// Asks for more about the selected row, where that is on the screen and not known yet.
pub(super) fn detail(state: &mut State) -> Option<Effect> {
    if !layout::shows_details(state) {
        return None;
    }
    let at = state.at;
    let level = state.level();
    let key = level.key.clone();
    if key == level.detail_key {
        return None;
    }
    let is_new = level.detail_key.is_some();
    let ask = level.selected().map(|item| details::about(level, item, at));
    if is_new {
        state.details_top = 0;
    }
    let level = state.level_mut();
    level.detail_key = key;
    // What is being asked about the row before isn't wanted any more.
    level.pending.remove(&Slot::Detail);
    let ask = ask.filter(|ask| {
        *ask != AboutAsk {
            at,
            ..AboutAsk::default()
        }
    })?;
    let ticket = ticket(state, Slot::Detail);
    Some(Effect::start(ticket, Task::About(Box::new(ask), TYPING)))
}
