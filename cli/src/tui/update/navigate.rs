//! Moving: rows, columns, tabs, one level down and one level back.

use crate::tui::{
    effect::{Effect, Work},
    keymap::Action,
    layout,
    state::{Level, Notice, State, Subject, Tab},
};

use super::{drill, sort};

/// Moves the cursor by some rows.
pub(super) fn step(state: &mut State, rows: i64) {
    // On a map a row is a line of cells.
    let cells = layout::map(state).map_or(1, |map| map.columns);
    let rows = rows.saturating_mul(i64::try_from(cells).unwrap_or(1));
    let cursor = state.level().cursor;
    to(state, cursor.saturating_add_signed(rows));
}

/// Moves the cursor by a screen.
pub(super) fn page(state: &mut State, direction: i64) {
    let rows = layout::map(state).map_or_else(
        || layout::rows_on_screen(state),
        |map| u64::from(map.grid.height),
    );
    let rows = i64::try_from(rows).unwrap_or(i64::MAX);
    step(state, direction * rows.saturating_sub(1).max(1));
}

/// Moves the cursor to a row, or as near as there is one.
pub(super) fn to(state: &mut State, row: u64) {
    state.level_mut().select(row);
}

/// Selects the next column, or the one before; those that are drawn as bars have no value.
pub(super) fn column(state: &mut State, to_the_right: bool) {
    if layout::map(state).is_some() {
        let cursor = state.level().cursor;
        let by = if to_the_right { 1 } else { -1 };
        return to(state, cursor.saturating_add_signed(by));
    }
    let level = state.level_mut();
    let columns = level.subject.columns();
    let with_value = |at: &usize| columns.get(*at).is_some_and(|one| one.letter.is_some());
    let found = if to_the_right {
        (level.column + 1..columns.len()).find(with_value)
    } else {
        (0..level.column).rev().find(with_value)
    };
    level.column = found.unwrap_or(level.column);
}

/// Turns to another tab.
pub(super) fn tab(state: &mut State, at: usize) {
    if let Some(tab) = Tab::ALL.get(at) {
        state.tab = *tab;
    }
}

/// Turns so many tabs on, beginning again behind the last.
pub(super) fn turn_tab(state: &mut State, by: usize) {
    tab(state, (state.tab as usize + by) % Tab::ALL.len());
}

/// Goes down into the selected row.
pub(super) fn drill_in(state: &mut State) {
    let level = state.level();
    let Some(item) = level.selected() else { return };
    let crumb = item.label();
    match drill::down(level, item) {
        Some(way) => enter(state, crumb, way),
        None => state.notice = Some(Notice::Refused("there is nothing below this".to_owned())),
    }
}

/// Goes sideways from the selected row.
pub(super) fn aside(state: &mut State, to: Action) {
    let level = state.level();
    let Some(item) = level.selected() else { return };
    let crumb = item.label();
    match drill::aside(level, item, to) {
        Some(way) => enter(state, crumb, way),
        None => {
            let noun = level.subject.noun();
            let name = to.binding().name;
            let sorry = format!("`{name}` does not apply to {noun}");
            state.notice = Some(Notice::Refused(sorry));
        }
    }
}

/// Draws the artifact's rollout as a map; that itself as a list, and back.
pub(super) fn map(state: &mut State) {
    let level = state.level();
    if matches!(level.subject, Subject::Rollout { .. }) {
        state.shows_map = !state.shows_map;
        return;
    }
    match drill::rollout(level, level.selected()) {
        Some(way) => {
            (state.shows_map, state.map_shows_affected) = (true, true);
            enter(state, String::new(), way);
        }
        None => {
            let sorry = "a map is of one artifact: select one first".to_owned();
            state.notice = Some(Notice::Refused(sorry));
        }
    }
}

/// Has the map say who is affected, or who runs which version.
pub(super) fn map_affected(state: &mut State) {
    let sorry = match &state.level().subject {
        Subject::Rollout { affected, .. } if !affected.is_empty() => {
            state.map_shows_affected = !state.map_shows_affected;
            return;
        }
        Subject::Rollout { .. } => {
            let back = state.keymap.first(Action::Back);
            format!("no version says which are affected: {back}, then a filter as version<3.0.15")
        }
        _ => {
            let map = state.keymap.first(Action::Map);
            format!("there is no map here; {map} draws one")
        }
    };
    state.notice = Some(Notice::Refused(sorry));
}

/// Lists what to rebuild first.
pub(super) fn cover(state: &mut State) {
    let level = state.level();
    match drill::cover(level, level.selected()) {
        Some(way) => enter(state, String::new(), way),
        None => {
            let sorry = "what to rebuild is asked of one artifact: select one first".to_owned();
            state.notice = Some(Notice::Refused(sorry));
        }
    }
}

/// Marks the selected row's image or host; a second one is compared with the first.
pub(super) fn mark(state: &mut State) {
    let at = state.at;
    let Some(item) = state.level().selected() else {
        return;
    };
    let label = item.label();
    let Some(side) = item.side(at) else {
        let sorry = "only images and hosts can be compared".to_owned();
        state.notice = Some(Notice::Refused(sorry));
        return;
    };
    match state.marked.take() {
        Some((before, _)) if before == side => {}
        Some((from, first)) => {
            let crumb = format!("{first} → {label}");
            enter(state, crumb, Subject::Diff { from, to: side }.into());
        }
        None => {
            let key = state.keymap.first(Action::Mark);
            let told = format!("marked {label}; {key} on another shows what they hold differently");
            state.notice = Some(Notice::Done(told));
            state.marked = Some((side, label));
        }
    }
}

fn enter(state: &mut State, crumb: String, way: drill::Way) {
    let crumb = way.crumb.unwrap_or(crumb);
    let id = state.next_number();
    let mut level = Level::new(id, crumb, way.subject);
    level.key = way.key;
    level.order = sort::remembered(state, &level.subject);
    state.tabs[state.tab as usize].push(level);
}

/// Goes one level back, which is as it was left.
pub(super) fn back(state: &mut State) -> Vec<Effect> {
    let levels = &mut state.tabs[state.tab as usize];
    if levels.len() > 1
        && let Some(left) = levels.pop()
    {
        return vec![Effect::Work(Work::Cancel(left.id))];
    }
    let quit = state.keymap.first(Action::Quit);
    let told = format!("this is the first level; {quit} quits");
    state.notice = Some(Notice::Refused(told));
    Vec::new()
}
