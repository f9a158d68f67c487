//! What an advisory means for an artifact that runs: the verdict, why, and where it runs.

use std::cmp::{Ordering, Reverse};

use model::verdict::worst;
use proto_types::{Artifact, ExplainedAdvisory, ExplainedArtifact, Verdict};
use serde::Serialize;

use crate::output::{Cell, Heading, Listed, Row, row::Column, rows::affected::verdict};

/// An artifact in the images of one distribution, and what advisories say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Judged {
    /// The artifact.
    #[serde(flatten)]
    pub(crate) artifact: Artifact,
    /// The distribution of the images; empty where it isn't known.
    pub(crate) distro: String,
    /// Its version.
    pub(crate) distro_version: String,
    /// The verdict that counts most of those that the advisories have.
    pub(crate) verdict: Verdict,
    /// Whose that is.
    pub(crate) advisory: String,
    /// The version that fixes it, where that one knows any.
    pub(crate) fixed: Option<String>,
    /// Why, in words.
    pub(crate) reason: String,
    /// Images that hold it.
    pub(crate) images: u64,
    /// Containers that run those.
    pub(crate) containers: u64,
    /// Hosts that run those.
    pub(crate) hosts: u64,
    /// What each advisory says, the one first whose verdict counts.
    pub(crate) said: Vec<ExplainedAdvisory>,
}

impl Judged {
    /// What advisories say of an artifact; nothing where none speaks of it.
    pub(crate) fn of(explained: ExplainedArtifact) -> Option<Self> {
        let mut said = explained.advisories;
        said.retain(|one| one.verdict.is_some());
        let verdict = said.iter().filter_map(|one| one.verdict).reduce(worst)?;
        said.sort_by_key(|one| one.verdict != Some(verdict));
        let first = said.first()?;
        Some(Self {
            verdict,
            advisory: first.advisory.clone(),
            fixed: first.fixed.clone(),
            reason: first.reason.clone().unwrap_or_default(),
            artifact: Artifact {
                artifact_type: explained.artifact_type,
                name: explained.name,
                version: explained.version,
                purl: explained.purl,
                source: explained.source,
                source_version: explained.source_version,
                module: explained.module,
                owned_by_os: explained.owned_by_os,
                ..Artifact::default()
            },
            distro: explained.distro,
            distro_version: explained.distro_version,
            images: explained.images,
            containers: explained.containers,
            hosts: explained.hosts,
            said,
        })
    }

    /// Puts rows into their order: the worst verdict first, of each what the most hosts run.
    pub(crate) fn sort(rows: &mut [Self]) {
        rows.sort_by(|a, b| {
            let weight = |one: &Self| Reverse((one.hosts, one.containers));
            worst_first(a.verdict, b.verdict).then_with(|| weight(a).cmp(&weight(b)))
        });
    }
}

fn worst_first(a: Verdict, b: Verdict) -> Ordering {
    match worst(a, b) {
        _ if a == b => Ordering::Equal,
        worst if worst == a => Ordering::Less,
        _ => Ordering::Greater,
    }
}

impl Row for Judged {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Verdict => verdict(self.verdict),
            Heading::Fixed => Cell::some_text(self.fixed.as_deref()),
            Heading::Advisory => Cell::text(&self.advisory),
            Heading::Reason => Cell::text(&self.reason),
            Heading::Distro => {
                let distro = format!("{} {}", self.distro, self.distro_version);
                Cell::some_text(Some(distro.trim()))
            }
            Heading::Images => Cell::Count(self.images),
            Heading::Containers => Cell::Count(self.containers),
            Heading::Hosts => Cell::Count(self.hosts),
            other => self.artifact.cell(other),
        }
    }

    fn name(&self) -> String {
        self.artifact.name()
    }
}

impl Listed for Judged {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Verdict),
        Column::new(Heading::Name),
        Column::new(Heading::Version),
        Column::new(Heading::Fixed),
        Column::new(Heading::Type),
        Column::new(Heading::Distro),
        Column::new(Heading::Hosts),
        Column::new(Heading::Containers),
        Column::new(Heading::Images),
        Column::new(Heading::Advisory),
        Column::new(Heading::Source),
        Column::new(Heading::SourceVersion),
        Column::new(Heading::Module),
        Column::new(Heading::Purl),
        Column::new(Heading::Reason),
    ];
}
