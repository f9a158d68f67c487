//! Ordering a list by a column, and remembering that for lists of the same kind.

use crate::{
    output::{Cell, Heading},
    tui::{
        effect::Effect,
        keymap::Key,
        state::{Level, MOST_SORTED, Notice, Order, Rows, State, Subject},
    },
};

use super::answer::too_many;

/// Shift and a column's letter order by that column.
pub(super) fn by_letter(state: &mut State, key: Key) -> Vec<Effect> {
    let columns = state.level().subject.columns();
    let found = key
        .typed()
        .filter(char::is_ascii_uppercase)
        .and_then(|letter| columns.iter().position(|one| one.letter == Some(letter)));
    if let Some(column) = found {
        state.level_mut().column = column;
        by_selected(state);
    }
    Vec::new()
}

/// Orders by the selected column; by the same one again, the other way round, then not at all.
pub(super) fn by_selected(state: &mut State) {
    let level = state.level();
    let (column, before) = (level.column, level.order);
    let falling = falls_first(level, column);
    let order = match before.column {
        Some(same) if same == column && before.falling == falling => Order {
            column: Some(column),
            falling: !falling,
        },
        Some(same) if same == column => Order::default(),
        _ => Order {
            column: Some(column),
            falling,
        },
    };
    set(state, order);
}

/// Turns the order around.
pub(super) fn reverse(state: &mut State) {
    let order = state.level().order;
    if order.column.is_none() {
        return by_selected(state);
    }
    let falling = !order.falling;
    set(state, Order { falling, ..order });
}

/// Large numbers, late times and new versions come first.
fn falls_first(level: &Level, column: usize) -> bool {
    let Some(column) = level.subject.columns().get(column) else {
        return false;
    };
    let cell = level.row(level.top).map(|item| item.cell(column.heading));
    let is_urgency = matches!(column.heading, Heading::Kev | Heading::Epss);
    column.heading == Heading::Version
        || is_urgency
        || matches!(cell, Some(Cell::Count(_) | Cell::Time(_)))
}

fn set(state: &mut State, order: Order) {
    let level = state.level_mut();
    let is_too_long = order.column.is_some() && level.subject.is_found();
    if is_too_long && level.len() > MOST_SORTED {
        state.notice = Some(Notice::Refused(too_many(state.level().len())));
        return;
    }
    let had_order = level.order.column.is_some();
    level.order = order;
    // What comes first now is what was asked for.
    (level.cursor, level.top, level.key) = (0, 0, None);
    // Without an order of its own, a list is the server's again: pages of it come one by one.
    let is_whole = matches!(level.rows, Some(Rows::Whole(_)));
    if level.subject.is_found() && (!is_whole || had_order && order.column.is_none()) {
        level.outdated = true;
    } else {
        level.arrange();
        level.select(0);
    }
    let kind = level.subject.kind();
    state.orders.insert(kind, order);
}

/// The order that lists of this kind had last.
pub(super) fn remembered(state: &State, subject: &Subject) -> Order {
    state
        .orders
        .get(&subject.kind())
        .copied()
        .unwrap_or_else(|| Order::usual(subject))
}
