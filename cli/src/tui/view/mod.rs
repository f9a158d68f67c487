//! From the state to what is on the screen: pure, and never longer than a screen's worth of work.

mod cells;
mod chart;
mod details;
mod empty;
mod header;
mod help;
mod map;
mod news;
mod overlay;
mod palette;
mod picture;
mod shares;
mod status;
mod table;
mod text;
mod theme;

use ratatui::{
    Frame,
    layout::{Alignment, Rect},
    widgets::Paragraph,
};

use self::theme::Theme;
use super::{
    layout::{self, SMALLEST},
    state::{Mode, State},
};

/// Draws the state.
pub(crate) fn draw(state: &State, frame: &mut Frame<'_>) {
    let theme = Theme::new(state.session.color);
    let area = frame.area();
    if layout::is_too_small((area.width, area.height)) {
        return too_small(frame, area);
    }
    // Between a resize and the event that tells of it, the frame already has the new size.
    let resized;
    let state = if state.size == (area.width, area.height) {
        state
    } else {
        resized = State {
            size: (area.width, area.height),
            ..state.clone()
        };
        &resized
    };
    let parts = layout::parts(state);
    header::draw(state, theme, frame, parts.header);
    header::crumbs(state, theme, frame, parts.crumbs);
    if let Some(area) = parts.picture {
        match state.shown_news() {
            Some(news) => news::draw(state, news, theme, frame, area),
            None => picture::draw(state, theme, frame, area),
        }
    }
    table::draw(state, theme, frame, parts.list);
    if let Some(area) = parts.details {
        details::beside(state, theme, frame, area);
    }
    status::draw(state, theme, frame, parts.status);
    status::hints(state, theme, frame, parts.hints);
    match &state.mode {
        Mode::Palette { line, chosen } => palette::draw(state, line, *chosen, theme, frame),
        Mode::Help { top } => help::draw(state, *top, theme, frame),
        Mode::Details { top } => details::over(state, *top, theme, frame),
        Mode::Export { chosen } => overlay::export(*chosen, theme, frame),
        Mode::List | Mode::Filter { .. } | Mode::At(_) => {}
    }
}

fn too_small(frame: &mut Frame<'_>, area: Rect) {
    let (width, height) = SMALLEST;
    let lines = format!(
        "too small:\n{}×{}, needs\n{width}×{height}",
        area.width, area.height
    );
    let word = Paragraph::new(lines).alignment(Alignment::Center);
    frame.render_widget(word, area);
}
