//! More about the selected row: beside the list where there is room, over it otherwise.

mod facts;
mod runs;

use ratatui::{
    Frame,
    layout::{Margin, Rect},
    style::Style,
    text::{Line, Span},
    widgets::{Block, BorderType, Borders, Clear, Paragraph},
};

use super::{
    Theme, picture,
    text::{fitted, span},
};
use crate::tui::{
    effect::Slot,
    event::About,
    state::{Item, State},
};

/// How high a sparkline among the details is.
const SPARKLINE: usize = 3;

/// Draws them beside the list.
pub(super) fn beside(state: &State, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let block = Block::new()
        .borders(Borders::LEFT)
        .border_style(theme.faint());
    let inside = block.inner(area);
    let inside = Rect {
        x: inside.x + 1,
        width: inside.width.saturating_sub(2),
        ..inside
    };
    frame.render_widget(block, area);
    let lines = lines(state, theme, usize::from(inside.width));
    frame.render_widget(Paragraph::new(lines), inside);
}

/// Draws them over the list.
pub(super) fn over(state: &State, top: usize, theme: Theme, frame: &mut Frame<'_>) {
    let all = frame.area();
    let area = Rect {
        x: 2,
        y: 2,
        width: all.width.saturating_sub(4),
        height: all.height.saturating_sub(4),
    };
    let block = Block::new()
        .borders(Borders::ALL)
        .border_type(BorderType::Rounded)
        .border_style(theme.faint())
        .title(Span::styled(" details ", theme.heading()))
        .title_bottom(Span::styled(
            " j k another row · pgup pgdn scroll · esc back ",
            theme.faint(),
        ));
    let inside = block.inner(area).inner(Margin::new(1, 0));
    let lines = lines(state, theme, usize::from(inside.width));
    let most = lines.len().saturating_sub(usize::from(inside.height));
    let top = u16::try_from(top.min(most)).unwrap_or(0);
    frame.render_widget(Clear, area);
    frame.render_widget(block, area);
    frame.render_widget(Paragraph::new(lines).scroll((top, 0)), inside);
}

fn lines(state: &State, theme: Theme, room: usize) -> Vec<Line<'static>> {
    let level = state.level();
    let Some(item) = level.selected() else {
        return Vec::new();
    };
    let sheet = Sheet { state, theme, room };
    let mut lines = vec![Line::from(span(&heading(item), theme.accent()))];
    lines.extend(sheet.row(item));
    match level.about_selected() {
        Some(about) => lines.extend(sheet.about(item, about)),
        None if level.pending.contains_key(&Slot::Detail) => {
            lines.push(Line::styled("…", theme.faint()));
        }
        None => {}
    }
    lines
}

fn heading(item: &Item) -> String {
    match item {
        Item::Group(_, group) => group
            .label
            .clone()
            .filter(|_| item.digest().is_some())
            .unwrap_or_else(|| group.key.clone()),
        other => other.label(),
    }
}

/// What lines of details are made with.
struct Sheet<'a> {
    state: &'a State,
    theme: Theme,
    room: usize,
}

impl Sheet<'_> {
    /// A property and its value, which goes on below where it is long.
    fn fact(&self, name: &str, value: &str, style: Style) -> Vec<Line<'static>> {
        /// How wide names are.
        const NAME: usize = 12;
        let value = crate::output::sanitize::sanitize(value).into_owned();
        let mut name = name.to_owned();
        wrapped(&value, self.room.saturating_sub(NAME).max(8))
            .into_iter()
            .map(|piece| {
                let name = std::mem::take(&mut name);
                Line::from(vec![
                    Span::styled(fitted(&name, NAME), self.theme.faint()),
                    Span::styled(piece, style),
                ])
            })
            .collect()
    }

    /// A part's heading, with a line of space above it.
    fn part(&self, name: &str) -> Vec<Line<'static>> {
        vec![
            Line::default(),
            Line::styled(name.to_owned(), self.theme.heading()),
        ]
    }

    /// The sparkline, where there is one.
    fn timeline(&self, about: &About) -> Vec<Line<'static>> {
        if about.timeline.len() < 2 {
            return Vec::new();
        }
        let mut lines = self.part("containers over time");
        lines.extend(picture::sparkline(
            self.state,
            &about.timeline,
            self.room,
            SPARKLINE,
            self.theme,
        ));
        lines
    }
}

/// The text in pieces that are no wider than the room.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    use unicode_segmentation::UnicodeSegmentation;
    let (mut pieces, mut piece, mut used) = (Vec::new(), String::new(), 0);
    for grapheme in text.graphemes(true) {
        let wide = crate::output::fit::width(grapheme);
        if used + wide > room {
            pieces.push(std::mem::take(&mut piece));
            used = 0;
        }
        piece.push_str(grapheme);
        used += wide;
    }
    pieces.push(piece);
    pieces
}
