//! The lines that are typed: the filter, the moment, the palette.

use crate::tui::{
    effect::Effect,
    keymap::{Action, Key},
    state::{Line, Mode, State, parse_filter},
};

use super::{at, fetch, keys, navigate};
use crate::tui::palette;

/// Begins to type a filter.
pub(super) fn open_filter(state: &mut State) {
    let before = state.level().filter.clone();
    let line = Line::new(before.clone());
    state.mode = Mode::Filter { line, before };
}

/// Begins to type a command.
pub(super) fn open_palette(state: &mut State) {
    let line = Line::default();
    state.mode = Mode::Palette { line, chosen: 0 };
}

/// A key while a line is typed.
pub(super) fn press(state: &mut State, key: Key) -> Vec<Effect> {
    match key.to_string().as_str() {
        "esc" => return leave(state),
        "enter" => return accept(state),
        "up" => return step(state, -1),
        "down" => return step(state, 1),
        "pgup" => navigate::page(state, -1),
        "pgdn" => navigate::page(state, 1),
        _ => {}
    }
    let Some(line) = line(&mut state.mode) else {
        return Vec::new();
    };
    let before = line.text().to_owned();
    edit(line, key);
    if before == line.text() {
        return Vec::new();
    }
    changed(state)
}

/// Text was pasted: its first line, wherever a line is typed.
pub(super) fn paste(state: &mut State, text: &str) {
    let first: String = text.chars().take_while(|one| !one.is_control()).collect();
    if let Some(line) = line(&mut state.mode) {
        line.insert(&first);
        let effects = changed(state);
        // The request is made by `settle`, which sees that the rows are outdated.
        if !effects.is_empty() {
            state.level_mut().outdated = true;
        }
    }
}

const fn line(mode: &mut Mode) -> Option<&mut Line> {
    match mode {
        Mode::Filter { line, .. } | Mode::At(line) | Mode::Palette { line, .. } => Some(line),
        _ => None,
    }
}

fn edit(line: &mut Line, key: Key) {
    match key.to_string().as_str() {
        "backspace" => line.backspace(),
        "delete" => line.delete(),
        "left" => line.left(),
        "right" => line.right(),
        "home" | "ctrl-a" => line.home(),
        "end" | "ctrl-e" => line.end(),
        "ctrl-w" => line.delete_word(),
        "ctrl-u" => line.delete_all(),
        _ => {
            if let Some(one) = key.typed() {
                line.insert(one.encode_utf8(&mut [0; 4]));
            }
        }
    }
}

/// The line says something else now.
fn changed(state: &mut State) -> Vec<Effect> {
    match &mut state.mode {
        Mode::Filter { line, .. } => {
            let text = line.text().to_owned();
            set_filter(state, &text)
        }
        Mode::Palette { chosen, .. } => {
            *chosen = 0;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Filters the level that is shown; a term that makes no sense yet filters nothing.
pub(super) fn set_filter(state: &mut State, text: &str) -> Vec<Effect> {
    let level = state.level_mut();
    text.clone_into(&mut level.filter);
    let parsed = parse_filter(text, &level.subject);
    level.filter_error = parsed.error;
    if parsed.matches == level.matches {
        return Vec::new();
    }
    level.matches = parsed.matches;
    if level.subject.is_found() {
        (level.cursor, level.top, level.key) = (0, 0, None);
        return fetch::load(state, fetch::TYPING);
    }
    level.arrange();
    level.reselect();
    Vec::new()
}

/// Takes the filter away.
pub(super) fn clear_filter(state: &mut State) -> Vec<Effect> {
    set_filter(state, "")
}

/// Goes back to the list, with everything as it was before.
pub(super) fn leave(state: &mut State) -> Vec<Effect> {
    let mode = std::mem::replace(&mut state.mode, Mode::List);
    match mode {
        Mode::Filter { before, .. } => set_filter(state, &before),
        _ => Vec::new(),
    }
}

/// Goes back to the list, with what was typed.
fn accept(state: &mut State) -> Vec<Effect> {
    match std::mem::replace(&mut state.mode, Mode::List) {
        Mode::At(line) => at::set(state, line.text()),
        Mode::Palette { line, chosen } => run(state, line.text(), chosen),
        _ => Vec::new(),
    }
}

fn run(state: &mut State, text: &str, chosen: usize) -> Vec<Effect> {
    let found = palette::fitting(text);
    match found.get(chosen) {
        Some(binding) if binding.action == Action::Back => navigate::back(state),
        Some(binding) => keys::act(state, binding.action),
        None => Vec::new(),
    }
}

/// Up and down choose a command, or move in the list that is being filtered.
fn step(state: &mut State, by: isize) -> Vec<Effect> {
    match &mut state.mode {
        Mode::Palette { line, chosen } => {
            let last = palette::fitting(line.text()).len().saturating_sub(1);
            *chosen = chosen.saturating_add_signed(by).min(last);
        }
        _ => navigate::step(state, i64::try_from(by).unwrap_or(0)),
    }
    Vec::new()
}
