//! Looking at another moment.

use jiff::{SignedDuration, Timestamp, Zoned};

use crate::{
    tui::{
        effect::{Effect, Work},
        state::{Line, Mode, Notice, Order, State, Tab},
    },
    words::times,
};

/// Begins to type a moment.
pub(super) fn open(state: &mut State) {
    let shown = state.at.map(|at| at.to_string()).unwrap_or_default();
    state.mode = Mode::At(Line::new(shown));
}

/// Looks at the moment that was typed; nothing typed, or `now`, is the present.
pub(super) fn set(state: &mut State, text: &str) -> Vec<Effect> {
    let now: Zoned = state.now.to_zoned(state.session.zone.clone());
    let text = text.trim();
    if text.is_empty() || text == "now" {
        return look_at(state, None);
    }
    match times::moment(text, &now) {
        Ok(at) => look_at(state, Some(at)),
        Err(error) => {
            let sorry = format!("{error}; try 2026-03-28T12:00Z, 3d or yesterday");
            state.notice = Some(Notice::Refused(sorry));
            Vec::new()
        }
    }
}

/// Looks so many hours on, or back where they are negative; past the present is the present.
pub(super) fn step(state: &mut State, hours: i64) -> Vec<Effect> {
    let from = state.at.unwrap_or(state.now);
    if state.at.is_none() && hours > 0 {
        let sorry = "this is the present already".to_owned();
        state.notice = Some(Notice::Refused(sorry));
        return Vec::new();
    }
    let Ok(to) = from.checked_add(SignedDuration::from_hours(hours)) else {
        return Vec::new();
    };
    look_at(state, Some(to).filter(|to| *to < state.now))
}

fn look_at(state: &mut State, at: Option<Timestamp>) -> Vec<Effect> {
    state.at = at;
    for (tab, levels) in Tab::ALL.into_iter().zip(&mut state.tabs) {
        for (depth, level) in levels.iter_mut().enumerate() {
            let subject = if depth == 0 {
                tab.subject()
            } else {
                level.subject.clone()
            };
            let subject = subject.in_time(at);
            if subject != level.subject {
                level.column = 0;
                level.order = Order::usual(&subject);
            }
            level.subject = subject;
            // Nothing that stands for another moment may be taken for this one's.
            level.rows = None;
            (level.picture, level.detail, level.detail_key) = (None, None, None);
            (level.summary, level.unfiltered) = (None, None);
            level.problem = None;
            level.outdated = true;
            level.pending.clear();
        }
    }
    vec![Effect::Work(Work::CancelAll)]
}
