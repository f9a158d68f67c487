//! The palette: the commands that fit what is typed, with their keys.

use ratatui::{
    Frame,
    style::Style,
    text::{Line, Span},
    widgets::Paragraph,
};

use super::{
    overlay::framed,
    text::{clipped, fitted},
    theme::Theme,
};
use crate::tui::{
    keymap::Key,
    palette::fitting,
    state::{Line as Typed, State},
};

/// Draws it.
pub(super) fn draw(
    state: &State,
    line: &Typed,
    chosen: usize,
    theme: Theme,
    frame: &mut Frame<'_>,
) {
    let found = fitting(line.text());
    let size = (84, frame.area().height.saturating_sub(4).min(20));
    let inside = framed(" commands ", String::new(), size, theme, frame);
    let rows = usize::from(inside.height);
    let top = chosen.saturating_sub(rows.saturating_sub(1));
    let room = usize::from(inside.width);
    let lines: Vec<Line<'_>> = found
        .iter()
        .enumerate()
        .skip(top)
        .take(rows)
        .map(|(at, binding)| {
            let keys = state.keymap.keys(binding.action).iter().map(Key::to_string);
            let keys: Vec<String> = keys.collect();
            let base = if at == chosen {
                theme.selected()
            } else {
                Style::new()
            };
            let names = format!(" {:<14}", binding.name);
            Line::from(vec![
                Span::styled(names, base.patch(theme.heading())),
                Span::styled(fitted(&keys.join(" "), 16), base.patch(theme.key())),
                Span::styled(clipped(binding.help, room.saturating_sub(31)), base),
            ])
        })
        .collect();
    let none = vec![Line::styled(" no such command", theme.faint())];
    let lines = if lines.is_empty() { none } else { lines };
    frame.render_widget(Paragraph::new(lines), inside);
}
