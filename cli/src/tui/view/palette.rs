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
use crate::output::fit::width;
use crate::tui::{
    keymap::Key,
    palette::{Entry, fitting},
    state::{Line as Typed, State},
};

/// How wide names and keys are.
const NAME: usize = 14;
const KEYS: usize = 17;

/// Draws it.
pub(super) fn draw(
    state: &State,
    line: &Typed,
    chosen: usize,
    theme: Theme,
    frame: &mut Frame<'_>,
) {
    let found = fitting(state, line.text());
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
        .map(|(at, entry)| {
            let (name, keys, help) = told(state, entry);
            let base = if at == chosen {
                theme.selected()
            } else {
                Style::new()
            };
            // A name may be longer than any command's, and says the most then.
            let wide = NAME.max(width(&name) + 2).min(room.saturating_sub(KEYS));
            let rest = room.saturating_sub(wide + KEYS + 1);
            Line::from(vec![
                Span::styled(
                    format!(" {}", fitted(&name, wide)),
                    base.patch(theme.heading()),
                ),
                Span::styled(fitted(&keys, KEYS), base.patch(theme.key())),
                Span::styled(clipped(&help, rest), base),
            ])
        })
        .collect();
    let none = vec![Line::styled(" no such command", theme.faint())];
    let lines = if lines.is_empty() { none } else { lines };
    frame.render_widget(Paragraph::new(lines), inside);
}

/// A line's name, keys, and what it does.
fn told(state: &State, entry: &Entry) -> (String, String, String) {
    match entry {
        Entry::Run(binding) => {
            let keys = state.keymap.keys(binding.action).iter().map(Key::to_string);
            let keys: Vec<String> = keys.take(2).collect();
            (
                binding.name.to_owned(),
                keys.join(" "),
                binding.help.to_owned(),
            )
        }
        Entry::Word(word) => {
            let name = format!("{} {}", word.name, word.takes);
            (name, String::new(), word.help.to_owned())
        }
        Entry::Go(jump) => (jump.typed(), "enter".to_owned(), jump.help()),
    }
}
