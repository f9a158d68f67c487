//! From an event to another state and to what has to be done: pure, so that it never blocks.

mod answer;
mod at;
mod command;
mod details;
mod drill;
mod fetch;
mod filtered;
mod jump;
mod keys;
mod navigate;
mod overlay;
mod prompt;
mod rescan;
mod sort;
mod start;
mod take;
mod then;

pub(crate) use start::start;

use jiff::{SignedDuration, Timestamp};

use super::{
    answer::ProblemKind,
    effect::Effect,
    event::Event,
    layout,
    state::{Mode, State, Subject},
};

/// A server that can't be reached is asked again this soon.
const RETRY: SignedDuration = SignedDuration::from_secs(5);

/// Changes are followed this closely, while there are no more than so many.
const FOLLOW: SignedDuration = SignedDuration::from_secs(3);
const MOST_FOLLOWED: u64 = 5_000;

/// Takes in what happened; answers what has to be done.
pub(crate) fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let mut effects = match event {
        Event::Key(key) => keys::press(state, key),
        Event::Paste(text) => {
            prompt::paste(state, &text);
            Vec::new()
        }
        Event::Wheel(rows) => {
            navigate::step(state, rows);
            Vec::new()
        }
        Event::Resize(width, height) => {
            state.size = (width, height);
            Vec::new()
        }
        Event::Tick(now) => tick(state, now),
        Event::Answer(ticket, answer) => answer::take(state, ticket, answer),
        Event::Connected(session) => {
            jump::connected(state, session);
            Vec::new()
        }
        Event::Terminate => vec![Effect::Quit],
    };
    effects.extend(settle(state));
    effects
}

/// Asks for whatever the screen lacks now.
fn settle(state: &mut State) -> Vec<Effect> {
    let height = layout::rows_on_screen(state);
    state.level_mut().scroll(height);
    let mut effects = fetch::missing(state, height);
    effects.extend(fetch::detail(state));
    effects
}

fn tick(state: &mut State, now: Timestamp) -> Vec<Effect> {
    state.now = now;
    let level = state.level();
    let (Some(asked), Some(refresh)) = (level.asked_at, state.options.refresh) else {
        return Vec::new();
    };
    let every = SignedDuration::try_from(refresh).unwrap_or(SignedDuration::MAX);
    let is_gone = level
        .problem
        .as_ref()
        .is_some_and(|problem| problem.kind == ProblemKind::Unreachable);
    let every = if is_gone { every.min(RETRY) } else { every };
    let follows = matches!(level.subject, Subject::Changes { .. }) && level.len() <= MOST_FOLLOWED;
    let every = if follows { every.min(FOLLOW) } else { every };
    let is_due = now.duration_since(asked) >= every;
    let is_busy = !level.pending.is_empty() || matches!(state.mode, Mode::Filter { .. });
    // What was is over: it isn't asked for again and again.
    if !is_due || is_busy || level.is_deep() || state.at.is_some() && !is_gone {
        return Vec::new();
    }
    fetch::load(state, fetch::AT_ONCE)
}
