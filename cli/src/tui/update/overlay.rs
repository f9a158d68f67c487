//! What lies over the list: help, details, the choice of a format.

use crate::tui::{
    keymap::{Action, Key},
    layout,
    state::{FORMATS, Mode, Notice, State},
};

use super::{navigate, take, then::Then};

/// A key while something lies over the list.
pub(super) fn press(state: &mut State, key: Key, action: Option<Action>) -> Then {
    match (&mut state.mode, action) {
        (Mode::Export { chosen }, _) if key == Key::ENTER => {
            let chosen = *chosen;
            state.mode = Mode::List;
            return Then::Done(take::export(state, chosen));
        }
        (_, Some(Action::Back | Action::Quit))
        | (Mode::Help { .. }, Some(Action::Help))
        | (Mode::Details { .. }, Some(Action::Details))
        | (Mode::Export { .. }, Some(Action::Export)) => state.mode = Mode::List,
        (Mode::Details { .. }, Some(action)) => return with_details(state, action),
        (Mode::Help { top }, Some(action)) => *top = scrolled(*top, action, LONGEST_HELP),
        (Mode::Export { chosen }, Some(action)) => {
            *chosen = scrolled(*chosen, action, FORMATS.len() - 1);
        }
        _ => {}
    }
    Then::nothing()
}

/// No help is longer, in lines: scrolling beyond its end would have to be scrolled back.
const LONGEST_HELP: usize = 96;

fn scrolled(top: usize, action: Action, last: usize) -> usize {
    let by = match action {
        Action::Down => 1,
        Action::Up => -1,
        Action::PageDown => 10,
        Action::PageUp => -10,
        Action::First => return 0,
        _ => 0,
    };
    top.saturating_add_signed(by).min(last)
}

/// Details follow the cursor: rows can be looked through one by one.
fn with_details(state: &mut State, action: Action) -> Then {
    match action {
        Action::Down => navigate::step(state, 1),
        Action::Up => navigate::step(state, -1),
        Action::PageDown | Action::PageUp | Action::First => {
            if let Mode::Details { top } = &mut state.mode {
                *top = scrolled(*top, action, LONGEST_DETAILS);
            }
        }
        Action::DetailsDown => scroll_details(state, true),
        Action::DetailsUp => scroll_details(state, false),
        Action::CopyCell | Action::CopyRow | Action::CopyCommand => return Then::Act(action),
        Action::DrillIn => {
            state.mode = Mode::List;
            navigate::drill_in(state);
        }
        _ => {}
    }
    Then::nothing()
}

/// No details are longer, in lines.
const LONGEST_DETAILS: usize = 200;
/// How many lines of the details one key scrolls.
const DETAILS_STEP: usize = 5;

/// Scrolls the details, beside the list or over it.
pub(super) fn scroll_details(state: &mut State, down: bool) {
    let top = match &mut state.mode {
        Mode::Details { top } => top,
        _ => &mut state.details_top,
    };
    *top = if down {
        (*top + DETAILS_STEP).min(LONGEST_DETAILS)
    } else {
        top.saturating_sub(DETAILS_STEP)
    };
}

/// Shows the details, beside the list where there is room, over it otherwise; or hides them.
pub(super) fn toggle_details(state: &mut State) {
    let was_beside = layout::parts(state).details.is_some();
    state.shows_details = !was_beside;
    let fits_beside = layout::parts(state).details.is_some();
    if !was_beside && !fits_beside {
        state.shows_details = true;
        state.mode = Mode::Details { top: 0 };
    }
}

/// Begins to choose a format.
pub(super) fn open_export(state: &mut State) {
    if state.level().rows.is_none() {
        state.notice = Some(Notice::Refused("there is nothing to export yet".to_owned()));
        return;
    }
    state.mode = Mode::Export { chosen: 0 };
}
