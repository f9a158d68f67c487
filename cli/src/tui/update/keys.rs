//! What a key does, by where keys go just now.

use ratatui::crossterm::event::{KeyEvent, KeyEventKind};

use crate::tui::{
    effect::{Effect, Work},
    keymap::{Action, Key},
    state::{Mode, Notice, State, Tab},
};

use super::{at, command, fetch, jump, navigate, overlay, prompt, rescan, sort, take, then::Then};

/// How far one step through time goes, in hours.
const HOUR: i64 = 1;
const DAY: i64 = 24;

/// A key was pressed.
pub(super) fn press(state: &mut State, event: KeyEvent) -> Vec<Effect> {
    if event.kind == KeyEventKind::Release {
        return Vec::new();
    }
    let key = Key::of(event);
    match key.without_alt() {
        // Esc and a key that come in one packet are read as that key with Alt.
        Some(plain) if state.keymap.action(key).is_none() => {
            let mut effects = pressed(state, Key::ESC);
            effects.extend(pressed(state, plain));
            effects
        }
        _ => pressed(state, key),
    }
}

fn pressed(state: &mut State, key: Key) -> Vec<Effect> {
    let notice = state.notice.take();
    let action = state.keymap.action(key);
    match action {
        Some(Action::Cancel) => return cancel(state, notice.as_ref()),
        Some(Action::Suspend) => return vec![Effect::Suspend],
        _ => {}
    }
    match &state.mode {
        Mode::List => match action {
            Some(action) => act(state, action),
            None => sort::by_letter(state, key),
        },
        Mode::Filter { .. } | Mode::At(_) | Mode::Palette { .. } => {
            let then = prompt::press(state, key);
            follow(state, then)
        }
        Mode::Help { .. } | Mode::Details { .. } | Mode::Export { .. } => {
            let then = overlay::press(state, key, action);
            follow(state, then)
        }
    }
}

fn follow(state: &mut State, then: Then) -> Vec<Effect> {
    match then {
        Then::Done(effects) => effects,
        Then::Act(action) => act(state, action),
        Then::Go(jump) => jump::to(state, jump),
    }
}

/// Does what the table of keys calls by a name.
fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Down => navigate::step(state, 1),
        Action::Up => navigate::step(state, -1),
        Action::PageDown => navigate::page(state, 1),
        Action::PageUp => navigate::page(state, -1),
        Action::First => navigate::to(state, 0),
        Action::Last => navigate::to(state, u64::MAX),
        Action::ColumnLeft => navigate::column(state, false),
        Action::ColumnRight => navigate::column(state, true),
        Action::DrillIn => navigate::drill_in(state),
        Action::Artifacts
        | Action::Images
        | Action::Containers
        | Action::Hosts
        | Action::Changes => {
            navigate::aside(state, action);
        }
        Action::NextTab => navigate::turn_tab(state, 1),
        Action::PreviousTab => navigate::turn_tab(state, Tab::ALL.len() - 1),
        Action::TabArtifacts => navigate::tab(state, 0),
        Action::TabImages => navigate::tab(state, 1),
        Action::TabHosts => navigate::tab(state, 2),
        Action::TabCoverage => navigate::tab(state, 3),
        Action::TabChanges => navigate::tab(state, 4),
        Action::TabAdvisories => navigate::tab(state, 5),
        Action::Cover => navigate::cover(state),
        Action::Mark => navigate::mark(state),
        Action::Map => navigate::map(state),
        Action::MapAffected => navigate::map_affected(state),
        Action::Filter => prompt::open_filter(state),
        Action::At => at::open(state),
        Action::Palette => prompt::open_palette(state),
        Action::Help => state.mode = Mode::Help { top: 0 },
        Action::DetailsDown => overlay::scroll_details(state, true),
        Action::DetailsUp => overlay::scroll_details(state, false),
        Action::Details => overlay::toggle_details(state),
        Action::Export => overlay::open_export(state),
        Action::ReverseSort => sort::reverse(state),
        Action::Sort => sort::by_selected(state),
        other => return ask(state, other),
    }
    Vec::new()
}

/// The actions that want something done outside.
fn ask(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Earlier => at::step(state, -HOUR),
        Action::Later => at::step(state, HOUR),
        Action::DayEarlier => at::step(state, -DAY),
        Action::DayLater => at::step(state, DAY),
        Action::Back => navigate::back(state),
        Action::ClearFilter => prompt::clear_filter(state),
        Action::Refresh => fetch::load(state, fetch::AT_ONCE),
        Action::Rescan => rescan::ask(state),
        Action::CopyCell => take::cell(state),
        Action::CopyRow => take::row(state),
        Action::CopyCommand => command::copy(state),
        Action::Quit => vec![Effect::Quit],
        _ => Vec::new(),
    }
}

/// What lies over the list goes first, then what is under way; the second press leaves.
fn cancel(state: &mut State, notice: Option<&Notice>) -> Vec<Effect> {
    if state.mode != Mode::List {
        return prompt::leave(state);
    }
    if notice == Some(&Notice::LeaveNext) {
        return vec![Effect::Quit];
    }
    let mut levels = state.tabs.iter_mut().flatten();
    let runs = levels.any(|level| !level.pending.is_empty());
    if !runs {
        state.notice = Some(Notice::LeaveNext);
        return Vec::new();
    }
    for level in state.tabs.iter_mut().flatten() {
        level.pending.clear();
    }
    state.notice = Some(Notice::Done("canceled".to_owned()));
    vec![Effect::Work(Work::CancelAll)]
}
