//! How a host is drawn on a map: its sign and its color, by version or by affected and clean.

use ratatui::{style::Style, text::Span};

use crate::tui::{
    item::Item,
    rollout::{OnHost, Verdict},
    view::{text::fitted, theme::Theme},
};

/// How wide a sign is, with its gap.
const SIGN: usize = 2;

/// How cells are drawn.
#[derive(Clone, Copy)]
pub(super) struct Sheet {
    pub(super) theme: Theme,
    /// By affected and clean, and not by version.
    pub(super) judged: bool,
}

/// The row, where it is a host's.
pub(super) fn on_host(item: &Item) -> Option<&OnHost> {
    match item {
        Item::OnHost(host) => Some(host),
        _ => None,
    }
}

impl Sheet {
    /// A host's sign, and its name where there is room for it.
    pub(super) fn cell(self, host: &OnHost, is_selected: bool, room: usize) -> [Span<'static>; 2] {
        let style = self.style(host);
        let style = if is_selected {
            style.patch(self.theme.selected_cell())
        } else {
            style
        };
        let sign = match host.verdict() {
            Some(verdict) if self.judged => verdict.sign(),
            _ => host.sign(),
        };
        let name = match room.saturating_sub(SIGN) {
            0 => String::new(),
            room => fitted(&host.host, room),
        };
        [
            Span::styled(format!("{sign} "), style),
            Span::styled(name, self.theme.faint()),
        ]
    }

    fn style(self, host: &OnHost) -> Style {
        match (&host.release, host.verdict()) {
            (_, None) => self.theme.doubtful(),
            (None, _) => self.theme.faint(),
            (Some(_), Some(verdict)) if self.judged => self.judged(verdict),
            (Some(release), _) => self.theme.age(release.age),
        }
    }

    /// The color of what its versions mean.
    pub(super) const fn judged(self, verdict: Verdict) -> Style {
        match verdict {
            Verdict::Affected => self.theme.bad(),
            Verdict::Clean => self.theme.good(),
            Verdict::None => self.theme.faint(),
        }
    }
}
