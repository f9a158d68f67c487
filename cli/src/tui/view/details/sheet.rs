//! The sheet that details are written on: a property and its value a line, parts with headings.

use model::shown::escaped;
use ratatui::{
    style::Style,
    text::{Line, Span},
};
use unicode_segmentation::UnicodeSegmentation;

use crate::{
    output::fit::width,
    tui::{
        answer::About,
        state::State,
        view::{
            chart::Chart,
            text::{fitted, worded},
            theme::Theme,
        },
    },
};

/// How high a sparkline among the details is.
const SPARKLINE: usize = 3;

/// What lines of details are made with.
pub(super) struct Sheet<'a> {
    pub(super) state: &'a State,
    pub(super) theme: Theme,
    pub(super) room: usize,
}

impl Sheet<'_> {
    /// A property and its value, which goes on below where it is long.
    pub(super) fn fact(&self, name: &str, value: &str, style: Style) -> Vec<Line<'static>> {
        /// How wide names are, with the gap behind them.
        const NAME: usize = 12;
        debug_assert!(name.len() < NAME, "`{name}` would be cut");
        let value = escaped(value).into_owned();
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

    /// Properties and their values, as far as these are known.
    pub(super) fn facts(&self, facts: &[(&str, Option<&str>)]) -> Vec<Line<'static>> {
        let known = facts
            .iter()
            .filter_map(|(name, value)| Some((name, (*value)?)));
        known
            .flat_map(|(name, value)| self.fact(name, value, Style::new()))
            .collect()
    }

    /// A part's heading, with a line of space above it.
    pub(super) fn part(&self, name: &str) -> Vec<Line<'static>> {
        vec![
            Line::default(),
            Line::styled(name.to_owned(), self.theme.heading()),
        ]
    }

    /// The sparkline, where there is one.
    pub(super) fn timeline(&self, about: &About) -> Vec<Line<'static>> {
        if about.timeline.len() < 2 {
            return Vec::new();
        }
        let mut lines = self.part("containers over time");
        let chart = Chart {
            state: self.state,
            points: &about.timeline,
            layers: &about.stack,
            room: self.room,
            height: SPARKLINE,
            theme: self.theme,
        };
        lines.extend(chart.lines());
        lines
    }
}

/// The text in pieces that are no wider than the room, broken between words where these fit.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let lines = worded(text, room).into_iter();
    lines.flat_map(|line| broken(&line, room)).collect()
}

/// A line in pieces that are no wider than the room: what has no spaces is broken anywhere.
fn broken(text: &str, room: usize) -> Vec<String> {
    let (mut pieces, mut piece, mut used) = (Vec::new(), String::new(), 0);
    for grapheme in text.graphemes(true) {
        let wide = width(grapheme);
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

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn words_stay_whole_where_they_fit_and_nothing_is_wider_than_its_room() {
        assert_eq!(
            wrapped("10 images, 32 hosts", 12),
            ["10 images,", "32 hosts"]
        );
        assert_eq!(
            wrapped("a pkg:deb/debian/x", 8),
            ["a", "pkg:deb/", "debian/x"]
        );
        assert_eq!(wrapped("", 8), [""]);
    }
}
