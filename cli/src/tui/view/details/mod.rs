//! More about the selected row: beside the list where there is room, over it otherwise.

mod facts;
mod judged;
mod made;
mod runs;
mod sheet;

use ratatui::{
    Frame,
    layout::{Margin, Rect},
    text::{Line, Span},
    widgets::{Block, BorderType, Borders, Clear, Paragraph},
};

use self::sheet::Sheet;
use super::{text::span, theme::Theme};
use crate::tui::{ask::Slot, item::Item, keymap::Action, state::State};

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
    let mut lines = lines(state, theme, usize::from(inside.width));
    let height = usize::from(inside.height);
    let most = lines.len().saturating_sub(height);
    let top = state.details_top.min(most);
    lines.drain(..top);
    if lines.len() > height && height > 0 {
        let hidden = lines.len() - height + 1;
        lines.truncate(height - 1);
        let key = state.keymap.first(Action::DetailsDown);
        let more = format!("… {hidden} more lines; {key} scrolls");
        lines.push(Line::styled(more, theme.faint()));
    }
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
    lines.extend(sheet.decided(item));
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
