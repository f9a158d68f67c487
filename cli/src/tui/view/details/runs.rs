//! The details' runs: what ran in a container, newest first, as a little history.

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use proto_types::{Change, ChangeKind};

use super::sheet::Sheet;
use crate::tui::{
    answer::Run,
    item::image_label,
    view::text::{clock, fitted},
};

/// How many runs are shown.
const SHOWN: usize = 8;

impl Sheet<'_> {
    /// The runs, where any are known.
    pub(super) fn runs(&self, runs: &[Run]) -> Vec<Line<'static>> {
        if runs.is_empty() {
            return Vec::new();
        }
        let mut lines = self.part("runs");
        for run in runs.iter().take(SHOWN) {
            lines.extend(self.run(run));
        }
        let more = runs.len().saturating_sub(SHOWN);
        if more > 0 {
            lines.push(Line::styled(
                format!("and {more} before"),
                self.theme.faint(),
            ));
        }
        lines
    }

    /// What changed last on a host, where anything did.
    pub(super) fn changes(&self, changes: &[Change]) -> Vec<Line<'static>> {
        if changes.is_empty() {
            return Vec::new();
        }
        let mut lines = self.part("changed last");
        for change in changes.iter().take(SHOWN) {
            let (sign, style) = match change.kind {
                ChangeKind::Started => ("+", self.theme.good()),
                ChangeKind::Stopped => ("-", self.theme.doubtful()),
                ChangeKind::Appeared => ("*", self.theme.faint()),
            };
            let at = clock(change.at, self.state.now, &self.state.session.zone);
            let container = change.container.as_deref().unwrap_or_default();
            let image = image_label(change.image_name.as_deref(), "");
            let told = format!("{container} {image}");
            let room = self.room.saturating_sub(at.len() + 3);
            lines.push(Line::from(vec![
                Span::styled(format!("{sign} "), style),
                Span::styled(format!("{at} "), self.theme.faint()),
                Span::raw(fitted(&told, room)),
            ]));
        }
        lines
    }

    fn run(&self, run: &Run) -> Vec<Line<'static>> {
        let (state, theme) = (self.state, self.theme);
        let zone = &state.session.zone;
        let since = clock(run.since, state.now, zone);
        let (sign, style, until) = match run.until {
            None => ("●", theme.good(), "runs".to_owned()),
            Some(until) => ("○", theme.faint(), clock(until, state.now, zone)),
        };
        vec![
            Line::from(vec![
                Span::styled(format!("{sign} "), style),
                Span::styled(
                    fitted(&run.label, self.room.saturating_sub(2)),
                    Style::new(),
                ),
            ]),
            Line::styled(format!("  {since} → {until}"), theme.faint()),
        ]
    }
}
