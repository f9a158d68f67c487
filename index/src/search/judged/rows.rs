//! Rows with a verdict, from where the last page ended: by advisory, and then as `find` has them.

use std::ops::ControlFlow;

use model::advisory::Advisory;
use proto_types::{AffectedRow, Verdict};

use super::{
    advisories::Advisories,
    meant::{by_name, meant},
    said::{ByDistro, Said, said_in},
    statements::Stated,
    urgent::Urgent,
};
use crate::{
    artifacts::ArtifactAt,
    search::{
        finding::Pause,
        look::Search,
        row::{Position, Row},
    },
};

/// Which rows are wanted: of these verdicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted<'v>(pub &'v [Verdict]);

/// Where a page begins: at an advisory, by its place, and behind a row of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Behind {
    /// The advisory.
    pub advisory: usize,
    /// The row.
    pub row: Option<Position>,
}

/// How far rows were walked along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Walked {
    /// To their end.
    All,
    /// To a pause: whether there are more from here on isn't known.
    Paused(Behind),
    /// As far as was wanted: there are more behind this.
    More(Behind),
}

/// A row with what an advisory says of it.
pub struct JudgedRow<'r, 'a, 'i> {
    advisory: &'r Advisory,
    cves: &'r [&'r str],
    urgent: Option<&'r Urgent>,
    said: &'r Said,
    row: &'r Row<'a, 'i>,
}

impl JudgedRow<'_, '_, '_> {
    /// The row as it is answered.
    #[must_use]
    pub fn to_answer(&self) -> AffectedRow<'_> {
        let row = AffectedRow {
            advisory: &self.advisory.id,
            cves: self.cves.to_vec(),
            verdict: self.said.verdict,
            fixed: self.said.fixed.as_deref(),
            reason: &self.said.reason,
            kev: None,
            kev_due: None,
            epss: None,
            epss_percentile: None,
            stated_by: self.said.stated_by.as_deref(),
            found: self.row.to_answer(),
        };
        match self.urgent {
            Some(urgent) => urgent.on(row),
            None => row,
        }
    }
}

impl Search<'_> {
    /// Hands over at most so many rows of the wanted verdicts, and none behind one that is enough.
    /// Between two advisories it may pause.
    pub fn judged_rows(
        &self,
        (advisories, wanted): (&Advisories, Wanted<'_>),
        from: &Behind,
        (limit, pause): (usize, Pause<'_>),
        mut take: impl FnMut(&JudgedRow<'_, '_, '_>) -> ControlFlow<()>,
    ) -> Walked {
        let (mut left, mut last) = (limit, from.clone());
        let mut at = from.advisory;
        while let Some(advisory) = advisories.get(at) {
            let after = from.row.as_ref().filter(|_| at == from.advisory);
            let cves: Vec<&str> = advisory.cves().into_iter().collect();
            let urgent = advisories.urgent_at(at);
            let statements = advisories.stated_of(at);
            let stated = Stated {
                advisory,
                statements: &statements,
            };
            let walked = self.walk_judged(stated, wanted, after, &mut |row, said| {
                if left == 0 {
                    return ControlFlow::Break(());
                }
                let (cves, row) = (cves.as_slice(), row);
                left = match take(&JudgedRow {
                    advisory,
                    cves,
                    urgent,
                    said,
                    row,
                }) {
                    ControlFlow::Continue(()) => left - 1,
                    ControlFlow::Break(()) => 0,
                };
                if left == 0 {
                    let row = Some(row.position());
                    last = Behind { advisory: at, row };
                }
                ControlFlow::Continue(())
            });
            if walked.is_break() {
                return Walked::More(last);
            }
            at += 1;
            if pause() && advisories.get(at).is_some() {
                return Walked::Paused(Behind {
                    advisory: at,
                    row: None,
                });
            }
        }
        Walked::All
    }

    fn walk_judged(
        &self,
        stated: Stated<'_>,
        wanted: Wanted<'_>,
        after: Option<&Position>,
        take: &mut impl FnMut(&Row<'_, '_>, &Said) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let artifacts = &self.index.artifacts;
        let mut meant = meant(artifacts, stated.advisory);
        meant.retain(|artifact| self.fitting().contains(*artifact));
        let names = by_name(artifacts, &meant);
        let in_order = names.iter().map(|(name, of_name)| {
            let order = artifacts.in_order(*name).iter().copied();
            let fits = |one: &u32| of_name.binary_search(one).is_ok();
            (*name, order.filter(fits).collect())
        });
        self.walk_artifacts(in_order, after, &mut |artifact, after| {
            self.walk_said(stated, (artifact, wanted), after, take)
        })
    }

    /// The rows of one artifact, by image.
    fn walk_said(
        &self,
        stated: Stated<'_>,
        (artifact, wanted): (&ArtifactAt<'_>, Wanted<'_>),
        after: Option<&Position>,
        take: &mut impl FnMut(&Row<'_, '_>, &Said) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut by_distro = ByDistro::default();
        for image in self.images_from(artifact, after) {
            let Some(distro) = self.scope.distro(image) else {
                continue;
            };
            let in_image = match stated.is_nothing() {
                true => None,
                false => said_in(stated, self, (artifact, image), distro),
            };
            let said = match stated.is_nothing() {
                true => by_distro.said(stated.advisory, artifact, distro),
                false => in_image.as_ref(),
            };
            let Some(said) = said.filter(|said| wanted.0.contains(&said.verdict)) else {
                continue;
            };
            self.walk_runs((artifact, image), after, &mut |row| take(row, said))?;
        }
        ControlFlow::Continue(())
    }
}
