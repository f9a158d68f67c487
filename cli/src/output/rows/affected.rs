//! What `affected` lists: results with their verdicts, and counts of each verdict.

use proto_types::{AffectedGroup, AffectedResult, AffectedSummary, Share, Summary, Verdict};
use serde::Serialize;

use crate::output::heading::Heading;
use crate::output::row::{Cell, Column, Listed, Row, Tone};

impl Row for AffectedResult {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Advisory => Cell::text(&self.advisory),
            Heading::Cves => Cell::some_text(Some(&self.cves.join(" "))),
            Heading::Verdict => verdict(self.verdict),
            Heading::Fixed => Cell::some_text(self.fixed.as_deref()),
            Heading::Reason => Cell::text(&self.reason),
            Heading::Kev => Cell::some_text(self.kev.as_deref()),
            Heading::KevDue => Cell::some_text(self.kev_due.as_deref()),
            Heading::Epss => share(self.epss),
            Heading::StatedBy => Cell::some_text(self.stated_by.as_deref()),
            Heading::EpssPercentile => share(self.epss_percentile),
            other => self.found.cell(other),
        }
    }

    fn name(&self) -> String {
        self.found.name()
    }
}

impl Listed for AffectedResult {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Advisory),
        Column::new(Heading::Cves).cut(),
        Column::new(Heading::Verdict).leaves(),
        Column::new(Heading::Name),
        Column::new(Heading::Version),
        Column::new(Heading::Fixed).leaves().where_any(),
        Column::new(Heading::Kev).leaves().where_any(),
        Column::new(Heading::Epss).leaves().where_any(),
        Column::new(Heading::Type).leaves().wide(),
        Column::new(Heading::Host),
        Column::new(Heading::Container).cut_last(),
        Column::new(Heading::ImageName).cut(),
        Column::new(Heading::ImageDigest).leaves().wide(),
        Column::new(Heading::RunningSince).leaves(),
        Column::new(Heading::Until).leaves().where_any(),
        Column::new(Heading::Source).cut().wide(),
        Column::new(Heading::SourceVersion).leaves().wide(),
        Column::new(Heading::Module).cut().wide(),
        Column::new(Heading::Purl).cut().wide(),
        Column::new(Heading::KevDue).leaves().wide(),
        Column::new(Heading::EpssPercentile).leaves().wide(),
        Column::new(Heading::StatedBy).cut().where_any(),
        Column::new(Heading::Reason).cut().wide(),
    ];
}

pub(super) fn share(share: Option<Share>) -> Cell {
    Cell::some_text(share.map(|share| share.get().to_string()).as_deref())
}

/// A verdict, with how bad it is.
pub(crate) fn verdict(verdict: Verdict) -> Cell {
    let tone = match verdict {
        Verdict::Affected => Tone::Bad,
        Verdict::Unknown => Tone::Doubtful,
        Verdict::Fixed | Verdict::NotAffected => Tone::Good,
    };
    Cell::Word(verdict.as_str(), tone)
}

impl Row for AffectedGroup {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Advisory => Cell::text(&self.group.key),
            Heading::Cves => Cell::some_text(Some(&self.cves.join(" "))),
            Heading::Verdict => match self.verdicts.as_slice() {
                [one] => verdict(*one),
                several => {
                    let words: Vec<&str> = several.iter().map(|one| one.as_str()).collect();
                    Cell::text(words.join(" "))
                }
            },
            Heading::Artifacts => Cell::Count(self.group.artifacts),
            Heading::Images => Cell::Count(self.group.images),
            Heading::Containers => Cell::Count(self.group.containers),
            Heading::Hosts => Cell::Count(self.group.hosts),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.group.key.clone()
    }
}

/// The groups by advisory.
impl Listed for AffectedGroup {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Advisory),
        Column::new(Heading::Cves).cut(),
        Column::new(Heading::Verdict).leaves(),
        Column::new(Heading::Artifacts).leaves(),
        Column::new(Heading::Images),
        Column::new(Heading::Containers),
        Column::new(Heading::Hosts),
    ];
}

/// How much one verdict is about.
#[derive(Debug, Serialize)]
pub(crate) struct Counted {
    verdict: Verdict,
    #[serde(flatten)]
    counts: Summary,
}

impl Counted {
    /// How much each of these verdicts is about.
    pub(crate) fn of(summary: &AffectedSummary, verdicts: &[Verdict]) -> Vec<Self> {
        let each = verdicts.iter().map(|verdict| Self {
            verdict: *verdict,
            counts: summary.of(*verdict),
        });
        each.collect()
    }
}

impl Row for Counted {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Verdict => verdict(self.verdict),
            other => self.counts.cell(other),
        }
    }

    fn name(&self) -> String {
        self.verdict.to_string()
    }
}

impl Listed for Counted {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Verdict),
        Column::new(Heading::Artifacts),
        Column::new(Heading::Images),
        Column::new(Heading::Containers),
        Column::new(Heading::Hosts),
    ];
}
