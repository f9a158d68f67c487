//! The news over the first list: what changed in a day, what runs that is oldest, what isn't covered.

use model::{proof, shown::escaped};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::Paragraph,
};

use super::theme::Theme;
use crate::{
    output::{
        coverage::gaps,
        fit::width,
        number::{counted, grouped},
    },
    tui::{answer::News, keymap::Action, state::State},
};

/// Draws them.
pub(super) fn draw(state: &State, news: &News, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let inside = Rect {
        x: area.x + 2,
        width: area.width.saturating_sub(4),
        ..area
    };
    let room = usize::from(inside.width);
    let lines = vec![
        changed(news, theme),
        appeared(news, room, theme),
        oldest(state, news, room, theme),
        covered(state, room, theme),
    ];
    frame.render_widget(Paragraph::new(lines), inside);
}

fn changed(news: &News, theme: Theme) -> Line<'static> {
    let more = if news.has_more { "more than " } else { "" };
    let (started, stopped) = (counted(news.started, "container"), grouped(news.stopped));
    Line::from(vec![
        Span::styled("in 24 hours  ", theme.heading()),
        Span::raw(format!("{more}{started} started, {stopped} stopped")),
    ])
}

fn appeared(news: &News, room: usize, theme: Theme) -> Line<'static> {
    let count = u64::try_from(news.appeared.len()).unwrap_or(u64::MAX);
    let head = Span::styled("new to it    ", theme.heading());
    if count == 0 {
        let none = "no artifact that the fleet had never held";
        return Line::from(vec![head, Span::styled(none, theme.faint())]);
    }
    // The newest come last.
    let names = news.appeared.iter().rev().map(String::as_str);
    let first = format!("{}: ", counted(count, "artifact"));
    let rest = room.saturating_sub(head.width() + width(&first));
    Line::from(vec![
        head,
        Span::raw(first),
        Span::raw(as_many(names, rest)),
    ])
}

fn oldest(state: &State, news: &News, room: usize, theme: Theme) -> Line<'static> {
    if news.oldest.is_empty() {
        return Line::default();
    }
    let head = Span::styled("oldest       ", theme.heading());
    let zone = &state.session.zone;
    let dated: Vec<String> = news
        .oldest
        .iter()
        .map(|(at, name)| format!("{name} of {}", at.to_zoned(zone.clone()).date()))
        .collect();
    let rest = room.saturating_sub(head.width());
    let names = as_many(dated.iter().map(String::as_str), rest);
    Line::from(vec![head, Span::raw(names)])
}

fn covered(state: &State, room: usize, theme: Theme) -> Line<'static> {
    let head = Span::styled("not covered  ", theme.heading());
    let Some(coverage) = &state.level().coverage else {
        return Line::default();
    };
    if proof::is_proof(coverage) {
        let all = "nothing: an empty answer is a proof";
        return Line::from(vec![head, Span::styled(all, theme.good())]);
    }
    let key = format!("; {} lists them", state.keymap.first(Action::TabCoverage));
    let rest = room.saturating_sub(head.width() + width(&key));
    let gaps = gaps(coverage);
    let said = as_many(gaps.iter().map(String::as_str), rest);
    Line::from(vec![
        head,
        Span::styled(said, theme.doubtful()),
        Span::styled(key, Style::new()),
    ])
}

/// As many as there is room for: half of one would be another.
fn as_many<'a>(all: impl Iterator<Item = &'a str>, room: usize) -> String {
    let mut text = String::new();
    for one in all {
        let one = escaped(one);
        let gap = if text.is_empty() { "" } else { ", " };
        if width(&text) + gap.len() + width(&one) + 3 > room {
            text.push_str(if text.is_empty() { "…" } else { ", …" });
            break;
        }
        text.push_str(gap);
        text.push_str(&one);
    }
    text
}
