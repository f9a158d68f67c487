//! Looking at another moment.

use jiff::{Timestamp, Zoned};

use crate::{
    tui::{
        effect::{Effect, Work},
        state::{Line, Mode, Notice, State, Tab},
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

fn look_at(state: &mut State, at: Option<Timestamp>) -> Vec<Effect> {
    state.at = at;
    for (tab, levels) in Tab::ALL.into_iter().zip(&mut state.tabs) {
        for (depth, level) in levels.iter_mut().enumerate() {
            let subject = if depth == 0 {
                tab.subject()
            } else {
                level.subject.clone()
            };
            level.subject = subject.in_time(at);
            // Nothing that stands for another moment may be taken for this one's.
            level.rows = None;
            (level.picture, level.detail, level.detail_key) = (None, None, None);
            (level.summary, level.unfiltered) = (None, None);
            level.problem = None;
            level.outdated = true;
            level.column = 0;
            level.order = crate::tui::state::Order::default();
            level.pending.clear();
        }
    }
    vec![Effect::Work(Work::CancelAll)]
}
