//! Copying and exporting: the cell, the row, the view as a file.

use jiff::tz::TimeZone;

use super::fetch;
use crate::{
    output::{Cell, View},
    tui::{
        ask::{Export, ExportRows, Slot},
        effect::{Effect, Task},
        state::{FORMATS, Notice, State},
    },
};

/// Copies the selected cell.
pub(super) fn cell(state: &mut State) -> Vec<Effect> {
    let level = state.level();
    let column = level.subject.columns().get(level.column);
    let (Some(item), Some(column)) = (level.selected(), column) else {
        return Vec::new();
    };
    let text = item.cell(column.heading).render(&View::plain(state.now));
    copy(state, text)
}

/// Copies the selected row, its cells separated by tabs.
pub(super) fn row(state: &mut State) -> Vec<Effect> {
    let level = state.level();
    let Some(item) = level.selected() else {
        return Vec::new();
    };
    let view = View::plain(state.now);
    let columns = level.subject.columns().iter();
    let cells: Vec<String> = columns
        .filter(|column| !column.is_bar())
        .map(|column| item.cell(column.heading))
        .map(|cell: Cell| cell.render(&view))
        .collect();
    copy(state, cells.join("\t"))
}

/// Copies a text, and says so.
pub(super) fn copy(state: &mut State, text: String) -> Vec<Effect> {
    state.notice = Some(Notice::Done(format!("copied {text}")));
    vec![Effect::Copy(text)]
}

/// Writes the view to a file, in the chosen format.
pub(super) fn export(state: &mut State, chosen: usize) -> Vec<Effect> {
    let Some((format, ending, _)) = FORMATS.get(chosen) else {
        return Vec::new();
    };
    let at = state.at;
    let level = state.level();
    let here = level.rows.as_ref().and_then(|rows| rows.all_shown());
    let rows = match (here, level.subject.find(&level.matches, at)) {
        (Some(items), _) => ExportRows::Here(items),
        (None, Some(request)) => ExportRows::Find(request),
        (None, None) => return Vec::new(),
    };
    let containers = level.summary.map_or(0, |summary| summary.containers);
    let moment = state.now.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ");
    let path = format!("assetmon-{}-{moment}.{ending}", level.subject.noun());
    let ticket = fetch::ticket(state, Slot::Export);
    let format = *format;
    let export = Export {
        path,
        format,
        rows,
        containers,
    };
    vec![Effect::start(ticket, Task::Export(Box::new(export)))]
}
