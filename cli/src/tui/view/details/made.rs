//! The details' facts of rows that the TUI itself makes up: of a rollout, of what isn't covered.

use ratatui::{style::Style, text::Line};

use super::sheet::Sheet;
use crate::{
    output::{Heading, Row, number::counted},
    tui::{rollout::OnHost, uncovered::Uncovered},
};

impl Sheet<'_> {
    /// What a host runs of an artifact.
    pub(super) fn on_host(&self, one: &OnHost) -> Vec<Line<'static>> {
        let Some(release) = &one.release else {
            let none = "none of its containers";
            return self.fact("runs in", none, Style::new());
        };
        let mut lines = self.fact("version", &release.version, self.theme.age(release.age));
        let others = one.versions.saturating_sub(1);
        let others = format!("{} newer too", counted(others, "version"));
        let containers = counted(one.containers, "container");
        lines.extend(self.facts(&[
            ("type", Some(release.artifact_type.as_str())),
            (
                "besides",
                Some(others.as_str()).filter(|_| one.versions > 1),
            ),
            ("runs in", Some(containers.as_str())),
        ]));
        lines
    }

    /// What is the matter with a host or an image.
    pub(super) fn uncovered(&self, one: &Uncovered) -> Vec<Line<'static>> {
        let state = one.cell(Heading::State);
        let mut lines = self.fact("state", one.state.word(), self.theme.tone(state.tone()));
        let since = one.since.map(|time| self.time(time));
        let containers = counted(one.containers, "container");
        lines.extend(self.facts(&[
            ("since", since.as_deref()),
            ("reason", one.reason.as_deref()),
            (
                "runs in",
                Some(containers.as_str()).filter(|_| one.digest.is_some()),
            ),
        ]));
        lines
    }
}
