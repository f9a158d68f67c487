//! Text for the screen: harmless, cut to its room, padded to it.

use jiff::{Timestamp, tz::TimeZone};
use model::shown::escaped;
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::Paragraph,
};
use unicode_segmentation::UnicodeSegmentation;

use crate::output::{
    Heading,
    fit::{cut_cell, cut_middle, width},
};

/// A span of text that may come from anywhere.
pub(super) fn span(text: &str, style: Style) -> Span<'static> {
    Span::styled(escaped(text).into_owned(), style)
}

/// The text, harmless, and exactly as wide as its room; a cut shows.
pub(super) fn fitted(text: &str, room: usize) -> String {
    let text = cut_middle(&escaped(text), room);
    let gap = room.saturating_sub(width(&text));
    format!("{text}{}", " ".repeat(gap))
}

/// The same of a cell: an image's name keeps its telling end.
pub(super) fn fitted_cell(text: &str, heading: Heading, room: usize) -> String {
    let text = cut_cell(&escaped(text), heading, room);
    let gap = room.saturating_sub(width(&text));
    format!("{text}{}", " ".repeat(gap))
}

/// The same, cut at its end: for sentences.
pub(super) fn clipped(text: &str, room: usize) -> String {
    if width(text) <= room {
        return fitted(text, room);
    }
    let mut lines = worded(text, room.saturating_sub(2));
    fitted(&format!("{} …", lines.swap_remove(0)), room)
}

/// The same, at the right end of its room.
pub(super) fn fitted_right(text: &str, room: usize) -> String {
    let text = cut_middle(&escaped(text), room);
    let gap = room.saturating_sub(width(&text));
    format!("{}{text}", " ".repeat(gap))
}

/// The text in lines that are no wider than the room, broken between words.
pub(super) fn worded(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut();
        match last {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if width(line) + 1 + width(word) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A line that is no wider than its room; a cut shows.
pub(super) fn cut_line(mut spans: Vec<Span<'static>>, room: usize) -> Line<'static> {
    let wide = |spans: &[Span<'_>]| spans.iter().map(Span::width).sum::<usize>();
    if wide(&spans) <= room {
        return Line::from(spans);
    }
    while let Some(last) = spans.pop() {
        let before = wide(&spans);
        if before < room {
            let mut kept = String::new();
            for one in last.content.graphemes(true) {
                if before + width(&kept) + width(one) + 1 > room {
                    break;
                }
                kept.push_str(one);
            }
            spans.push(Span::styled(format!("{}…", kept.trim_end()), last.style));
            break;
        }
    }
    Line::from(spans)
}

/// Draws one line, with something at its right end that goes before what is in the middle.
pub(super) fn line_with_end(
    left: Vec<Span<'static>>,
    right: Vec<Span<'static>>,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let right = Line::from(right);
    let taken = u16::try_from(right.width())
        .unwrap_or(u16::MAX)
        .min(area.width);
    let room = Rect {
        width: area.width - taken,
        ..area
    };
    let left = cut_line(left, usize::from(room.width));
    frame.render_widget(Paragraph::new(left), room);
    let end = Rect {
        x: area.x + room.width,
        width: taken,
        ..area
    };
    frame.render_widget(Paragraph::new(right), end);
}

/// A time of day, with the day where that isn't today.
pub(super) fn clock(time: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (time, now) = (time.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
    if time.date() == now.date() {
        time.strftime("%H:%M:%S").to_string()
    } else {
        time.strftime("%Y-%m-%d %H:%M:%S").to_string()
    }
}

/// The turning sign of something that takes its time; nothing at first.
pub(super) fn spinner(since: Option<Timestamp>, now: Timestamp) -> Option<&'static str> {
    const PATIENCE: i128 = 150;
    const TURN: i128 = 100;
    const SIGNS: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
    let waited = now.duration_since(since?).as_millis();
    if waited < PATIENCE {
        return None;
    }
    let turn = usize::try_from(waited / TURN).unwrap_or(0);
    SIGNS.get(turn % SIGNS.len()).copied()
}
