//! The details' facts of rows that the TUI itself makes up: of a rollout, of what isn't covered.

use proto_types::{Change, CoverImage};
use ratatui::{style::Style, text::Line};

use super::sheet::Sheet;
use crate::{
    output::{Heading, Row, diff::DiffRow, number::counted},
    tui::{rollout::OnHost, uncovered::Uncovered},
};

impl Sheet<'_> {
    /// An image to rebuild, and what comes of it.
    pub(super) fn cover(&self, one: &CoverImage) -> Vec<Line<'static>> {
        let counts = [
            counted(one.containers, "container"),
            counted(one.hosts, "host"),
        ];
        let clean = counted(one.hosts_clean, "host");
        self.facts(&[
            ("image name", Some(one.image_name.as_str())),
            ("runs in", Some(counts.join(", ").as_str())),
            ("then clean", Some(clean.as_str())),
        ])
    }

    /// What two sides hold differently.
    pub(super) fn differs(&self, one: &DiffRow) -> Vec<Line<'static>> {
        let (from, to) = (one.from.join(" "), one.to.join(" "));
        self.facts(&[
            ("type", Some(one.artifact_type.as_str())),
            ("change", Some(one.change)),
            ("from", Some(from.as_str()).filter(|text| !text.is_empty())),
            ("to", Some(to.as_str()).filter(|text| !text.is_empty())),
        ])
    }

    /// What changed.
    pub(super) fn change(&self, one: &Change) -> Vec<Line<'static>> {
        let kind = one.cell(Heading::Kind);
        let mut lines = self.fact("what", one.kind.as_str(), self.theme.tone(kind.tone()));
        let at = self.time(one.at);
        let artifact = one.artifact.as_ref();
        lines.extend(self.facts(&[
            ("when", Some(at.as_str())),
            ("host", one.host.as_deref()),
            ("container", one.container.as_deref()),
            ("image name", one.image_name.as_deref()),
            ("version", artifact.map(|one| one.version.as_str())),
            ("type", artifact.map(|one| one.artifact_type.as_str())),
        ]));
        lines
    }

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
        let affected = one.affected.map(|many| counted(many, "container"));
        lines.extend(self.facts(&[
            ("affected", affected.as_deref()),
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
