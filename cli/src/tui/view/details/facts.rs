//! The details' facts: what the row itself says, and what was asked besides.

use proto_types::{
    Artifact, FindResult, Host, ImageSummary, RelatedArtifact, SecondOpinion, Summary,
};
use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::sheet::Sheet;
use crate::{
    output::{Heading, Row, number::counted, rows},
    tui::{
        answer::{About, ImageAbout},
        item::Item,
        view::{
            cells::cells_view,
            text::{clock, fitted, span},
        },
    },
};

/// How many related artifacts are listed.
const RELATED: usize = 6;

impl Sheet<'_> {
    /// What the row itself says.
    pub(super) fn row(&self, item: &Item) -> Vec<Line<'static>> {
        let plain = Style::new();
        let mut lines = Vec::new();
        match item {
            Item::Found(found) => lines.extend(self.found(found)),
            Item::Artifact(artifact) => lines.extend(self.artifact(artifact)),
            Item::Container(one) => {
                lines.extend(self.fact("host", &one.host, plain));
                lines.extend(self.fact("since", &self.time(one.running_since), plain));
                lines.extend(self.fact("image name", &one.image_name, plain));
            }
            Item::Group(_, group) => {
                let counts = [
                    counted(group.containers, "container"),
                    counted(group.hosts, "host"),
                    counted(group.images, "image"),
                ];
                lines.extend(self.fact("runs in", &counts.join(", "), plain));
            }
            Item::Host(host) => lines.extend(self.host(host)),
            Item::Uncovered(one) => lines.extend(self.uncovered(one)),
            Item::OnHost(one) => lines.extend(self.on_host(one)),
            Item::Advisory(one) => lines.extend(self.advisory(one)),
            Item::Judged(one) => lines.extend(self.judged(one)),
            Item::Change(one) => lines.extend(self.change(one)),
            Item::Cover(one) => lines.extend(self.cover(one)),
            Item::Differs(one) => lines.extend(self.differs(one)),
            Item::Image(image) => lines.extend(self.image_summary(image, true)),
        }
        if let (Some(digest), false) = (item.digest(), matches!(item, Item::Image(_))) {
            lines.extend(self.fact("image", &digest.to_string(), plain));
        }
        lines
    }

    fn found(&self, found: &FindResult) -> Vec<Line<'static>> {
        let artifact = format!("{} {}", found.name, found.version);
        let source = source(found.source.as_deref(), found.source_version.as_deref());
        let facts = [
            ("artifact", Some(artifact.as_str())),
            ("type", Some(found.artifact_type.as_str())),
            ("source", source.as_deref()),
            ("module", found.module.as_deref()),
            ("purl", found.purl.as_deref()),
            ("host", Some(found.host.as_str())),
            ("image name", Some(found.image_name.as_str())),
        ];
        let mut lines = self.facts(&facts);
        lines.extend(self.fact("since", &self.time(found.running_since), Style::new()));
        lines
    }

    pub(super) fn artifact(&self, artifact: &Artifact) -> Vec<Line<'static>> {
        let licenses = artifact.licenses.join(", ");
        let source = source(
            artifact.source.as_deref(),
            artifact.source_version.as_deref(),
        );
        self.facts(&[
            ("version", Some(artifact.version.as_str())),
            ("type", Some(artifact.artifact_type.as_str())),
            ("source", source.as_deref()),
            ("module", artifact.module.as_deref()),
            (
                "licenses",
                Some(licenses.as_str()).filter(|text| !text.is_empty()),
            ),
            ("purl", artifact.purl.as_deref()),
        ])
    }

    /// What was asked besides.
    pub(super) fn about(&self, item: &Item, about: &About) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        let is_of_artifact = matches!(item, Item::Group(..) | Item::Change(_));
        if let (Some(sample), true) = (&about.sample, is_of_artifact) {
            let source = source(sample.source.as_deref(), sample.source_version.as_deref());
            lines.extend(self.facts(&[
                ("type", Some(sample.artifact_type.as_str())),
                ("source", source.as_deref()),
                ("purl", sample.purl.as_deref()),
            ]));
        }
        if !matches!(item, Item::Host(_)) {
            lines.extend(about.summary.iter().flat_map(|one| self.seen(one)));
        }
        if let (Some(host), false) = (&about.host, matches!(item, Item::Host(_))) {
            lines.extend(self.host(host));
        }
        if let Some(image) = &about.image {
            lines.extend(self.image(item, image));
        }
        lines.extend(self.meanings(&about.judged));
        lines.extend(self.timeline(about));
        if !matches!(item, Item::Host(_)) {
            lines.extend(self.related(&about.related));
        }
        lines.extend(self.changes(&about.changes));
        lines.extend(self.runs(&about.runs));
        lines
    }

    fn seen(&self, summary: &Summary) -> Vec<Line<'static>> {
        let first = summary.first_seen.map(|time| self.time(time));
        let last = summary.last_seen.filter(|_| summary.containers == 0);
        let last = last.map(|time| self.time(time));
        self.facts(&[
            ("first seen", first.as_deref()),
            ("last seen", last.as_deref()),
        ])
    }

    fn host(&self, host: &Host) -> Vec<Line<'static>> {
        let state = rows::host_state(host.state);
        let mut lines = self.fact("state", host.state.as_str(), self.theme.tone(state.tone()));
        let enrolled = host.enrolled_at.map(|time| self.time(time));
        let last = host.last_report_at.map(|time| self.time(time));
        // Updates alone keep no host from being silent.
        let everything = host
            .last_full_report_at
            .filter(|full| Some(*full) != host.last_report_at)
            .map(|time| self.time(time));
        let unseen = rows::unseen(&host.unseen);
        let cloned = host
            .cloned_since
            .map(|time| format!("two machines since {}", self.time(time)));
        let runs = [
            counted(host.containers, "container"),
            counted(host.images, "image"),
        ];
        lines.extend(self.facts(&[
            ("runs", Some(runs.join(", ").as_str())),
            ("last report", Some(last.as_deref().unwrap_or("never"))),
            ("last full", everything.as_deref()),
            ("cloned", cloned.as_deref()),
            ("unseen", unseen.as_deref()),
            ("enrolled", enrolled.as_deref()),
            ("scanner", host.scanner.as_deref()),
        ]));
        lines
    }

    fn image(&self, item: &Item, image: &ImageAbout) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        if !matches!(item, Item::Image(_)) {
            lines.extend(self.part("image"));
            lines.extend(self.image_summary(&image.summary, false));
        }
        if let Some(lease) = &image.lease {
            let by = format!("by {}", lease.host);
            lines.extend(self.fact("scanning", &by, self.theme.doubtful()));
        }
        if let (count @ 1.., last) = &image.failures {
            let last = last.as_deref().unwrap_or_default();
            let failed = format!("{count}, last: {last}");
            lines.extend(self.fact("failures", &failed, self.theme.bad()));
        }
        if image.conflicts > 0 {
            let differ = image.conflicts.to_string();
            lines.extend(self.fact("differing", &differ, self.theme.doubtful()));
        }
        if let Some(withdrawn) = &image.withdrawn {
            let of = withdrawn.host.as_deref().unwrap_or("an unknown host");
            let last = format!("{of}'s, {}, by {}", self.time(withdrawn.at), withdrawn.by);
            lines.extend(self.fact("withdrawn", &last, self.theme.doubtful()));
        }
        lines
    }

    fn image_summary(&self, image: &ImageSummary, is_whole: bool) -> Vec<Line<'static>> {
        let state = rows::image_state(image.state);
        let distro = image.cell(Heading::Distro).render(&cells_view(self.state));
        let scanned = image.scanned_at.map(|time| self.time(time));
        let (first, last) = (self.time(image.first_seen), image.last_seen);
        let last = last.map(|time| self.time(time));
        let names = image.names.join(" ");
        let digest = image.digest.to_string();
        let artifacts = counted(image.artifact_count, "artifact");
        let mut lines = self.fact("SBOM", image.state.as_str(), self.theme.tone(state.tone()));
        lines.extend(
            image
                .second_opinion
                .iter()
                .flat_map(|one| self.opinion(one)),
        );
        lines.extend(self.facts(&[
            ("holds", Some(artifacts.as_str())),
            (
                "distro",
                Some(distro.as_str()).filter(|text| !text.is_empty()),
            ),
            ("scanned by", image.scanned_by.as_deref()),
            ("scanned", scanned.as_deref()),
            ("scanner", image.scanner.as_deref()),
            ("reason", image.reason.as_deref()),
            ("names", Some(names.as_str()).filter(|_| is_whole)),
            ("digest", Some(digest.as_str()).filter(|_| is_whole)),
            ("first seen", Some(first.as_str())),
            ("last seen", last.as_deref()),
        ]));
        lines
    }

    /// What a second host says of the SBOM: which, and by what scanner.
    fn opinion(&self, said: &SecondOpinion) -> Vec<Line<'static>> {
        let by = [&said.host, &said.scanner].map(|one| one.as_deref().unwrap_or_default());
        let text = match by.join(" ").trim() {
            "" => said.opinion.to_string(),
            by => format!("{} ({by})", said.opinion),
        };
        let tone = rows::opinion(said.opinion).tone();
        self.fact("opinion", &text, self.theme.tone(tone))
    }

    fn related(&self, related: &[RelatedArtifact]) -> Vec<Line<'static>> {
        if related.is_empty() {
            return Vec::new();
        }
        let mut lines = self.part("built from the same source");
        let name_room = self.room / 2;
        let mut ordered: Vec<&RelatedArtifact> = related.iter().collect();
        ordered.sort_by_key(|one| std::cmp::Reverse(one.containers));
        for one in ordered.into_iter().take(RELATED) {
            let name = format!("{} {}", one.name, one.artifact_type);
            lines.push(Line::from(vec![
                Span::raw(fitted(&name, name_room)),
                span(&counted(one.containers, "container"), self.theme.faint()),
            ]));
        }
        let more = related.len().saturating_sub(RELATED);
        if more > 0 {
            lines.push(Line::styled(format!("and {more} more"), self.theme.faint()));
        }
        lines
    }

    /// A time of day, and how long ago that is.
    pub(super) fn time(&self, time: jiff::Timestamp) -> String {
        let state = self.state;
        let clock = clock(time, state.now, &state.session.zone);
        let ago = cells_view(state).times.show(time);
        format!("{clock} ({ago})")
    }
}

/// A source package with its version, as far as they are known.
fn source(name: Option<&str>, version: Option<&str>) -> Option<String> {
    let name = name?;
    Some(match version {
        Some(version) => format!("{name} {version}"),
        None => name.to_owned(),
    })
}
