//! What lies over the list: a frame in the middle, and the choice of a format.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::{Block, BorderType, Borders, Clear, Paragraph},
};

use super::theme::Theme;
use crate::tui::state::FORMATS;

/// Draws a frame in the middle of the screen, as large as it may be; answers what is inside.
pub(super) fn framed(
    title: &'static str,
    below: String,
    size: (u16, u16),
    theme: Theme,
    frame: &mut Frame<'_>,
) -> Rect {
    let all = frame.area();
    let width = size.0.min(all.width);
    let height = size.1.min(all.height);
    let area = Rect {
        x: (all.width - width) / 2,
        y: (all.height - height) / 3,
        width,
        height,
    };
    let block = Block::new()
        .borders(Borders::ALL)
        .border_type(BorderType::Rounded)
        .border_style(theme.faint())
        .title(Span::styled(title, theme.heading()))
        .title_bottom(Span::styled(below, theme.faint()));
    let inside = block.inner(area);
    frame.render_widget(Clear, area);
    frame.render_widget(block, area);
    inside
}

/// Draws the choice of a format.
pub(super) fn export(chosen: usize, theme: Theme, frame: &mut Frame<'_>) {
    let height = u16::try_from(FORMATS.len() + 2).unwrap_or(u16::MAX);
    let below = " enter writes · esc back ".to_owned();
    let inside = framed(
        " write this view to a file ",
        below,
        (60, height),
        theme,
        frame,
    );
    let lines: Vec<Line<'_>> = FORMATS
        .iter()
        .enumerate()
        .map(|(at, (_, ending, what))| {
            let style = if at == chosen {
                theme.selected()
            } else {
                Style::new()
            };
            Line::styled(format!(" {ending:<9} {what:<46}"), style)
        })
        .collect();
    frame.render_widget(Paragraph::new(lines), inside);
}
