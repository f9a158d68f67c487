//! A rollout as a map: a cell for each host, a letter and a color for the oldest version that it runs, or
//! a sign for whether it is affected; and below it what they mean, with how many hosts each has.

mod legend;
mod sheet;

use ratatui::{
    Frame,
    text::{Line, Span},
    widgets::Paragraph,
};

use self::sheet::{Sheet, on_host};
use super::theme::Theme;
use crate::tui::{
    layout::Map,
    state::{Level, State, Subject},
};

/// Draws it.
pub(super) fn draw(state: &State, map: &Map, theme: Theme, frame: &mut Frame<'_>) {
    let level = state.level();
    let sheet = Sheet {
        theme,
        judged: state.maps_affected(),
    };
    frame.render_widget(Paragraph::new(grid(level, map, sheet)), map.grid);
    let mut legend = match &level.subject {
        Subject::Rollout { affected, .. } if sheet.judged => {
            legend::verdicts(level, affected, sheet)
        }
        _ => legend::versions(level, map.legend, sheet),
    };
    let height = usize::from(map.legend.height);
    if legend.len() > height && height > 0 {
        let more = legend.split_off(height - 1).len();
        legend.push(Line::styled(format!("  and {more} more"), theme.faint()));
    }
    frame.render_widget(Paragraph::new(legend), map.legend);
}

/// As many lines of cells as there is room for, the selected one among them.
fn grid(level: &Level, map: &Map, sheet: Sheet) -> Vec<Line<'static>> {
    let columns = map.columns.max(1);
    let height = u64::from(map.grid.height).max(1);
    let lines = level.len().div_ceil(columns);
    let first = (level.cursor / columns)
        .saturating_sub(height / 2)
        .min(lines.saturating_sub(height));
    let line = |at: u64| {
        let places = (at * columns..(at + 1) * columns).take_while(|place| *place < level.len());
        let cells = places.filter_map(|place| Some((place, on_host(level.row(place)?)?)));
        let room = usize::from(map.cell);
        let cells = cells.flat_map(|(place, host)| sheet.cell(host, place == level.cursor, room));
        let margin = [Span::raw("  ")];
        Line::from(margin.into_iter().chain(cells).collect::<Vec<_>>())
    };
    (first..lines.min(first + height)).map(line).collect()
}
