//! The lines that are typed: the filter, the moment, the palette.

use crate::tui::{
    effect::Effect,
    keymap::Key,
    state::{Line, Mode, State, parse_filter},
};

use super::{at, fetch, navigate, then::Then};
use crate::tui::palette::{self, Entry};

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
pub(super) fn press(state: &mut State, key: Key) -> Then {
    match key {
        Key::ESC => return Then::Done(leave(state)),
        Key::ENTER => return accept(state),
        Key::UP => step(state, -1),
        Key::DOWN => step(state, 1),
        Key::PAGE_UP => navigate::page(state, -1),
        Key::PAGE_DOWN => navigate::page(state, 1),
        Key::TAB => complete(state),
        _ => return Then::Done(typed(state, key)),
    }
    Then::nothing()
}

fn typed(state: &mut State, key: Key) -> Vec<Effect> {
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
    match key {
        Key::BACKSPACE => line.backspace(),
        Key::DELETE => line.delete(),
        Key::LEFT => line.left(),
        Key::RIGHT => line.right(),
        Key::HOME | Key::CTRL_A => line.home(),
        Key::END | Key::CTRL_E => line.end(),
        Key::CTRL_W => line.delete_word(),
        Key::CTRL_U => line.delete_all(),
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
    if parsed.matches == level.matches && parsed.words == level.words {
        return Vec::new();
    }
    (level.matches, level.words) = (parsed.matches, parsed.words);
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
fn accept(state: &mut State) -> Then {
    match std::mem::replace(&mut state.mode, Mode::List) {
        Mode::At(line) => Then::Done(at::set(state, line.text())),
        Mode::Palette { line, chosen } => {
            match palette::fitting(state, line.text()).into_iter().nth(chosen) {
                Some(Entry::Run(binding)) => Then::Act(binding.action),
                Some(Entry::Go(jump)) => Then::Go(jump),
                // It isn't whole yet.
                Some(Entry::Word(word)) => {
                    open_at(state, &format!("{} ", word.name));
                    Then::nothing()
                }
                None => Then::nothing(),
            }
        }
        _ => Then::nothing(),
    }
}

/// Puts what is chosen in the palette onto the line.
fn complete(state: &mut State) {
    let Mode::Palette { line, chosen } = &state.mode else {
        return;
    };
    let entries = palette::fitting(state, line.text());
    if let Some(entry) = entries.get(*chosen) {
        let completed = entry.completed();
        open_at(state, &completed);
    }
}

/// Shows the palette with this on its line.
fn open_at(state: &mut State, text: &str) {
    let line = Line::new(text);
    state.mode = Mode::Palette { line, chosen: 0 };
}

/// Up and down choose a command, or move in the list that is being filtered.
fn step(state: &mut State, by: isize) {
    if let Mode::Palette { line, .. } = &state.mode {
        let last = palette::fitting(state, line.text()).len().saturating_sub(1);
        if let Mode::Palette { chosen, .. } = &mut state.mode {
            *chosen = chosen.saturating_add_signed(by).min(last);
        }
        return;
    }
    navigate::step(state, i64::try_from(by).unwrap_or(0));
}
