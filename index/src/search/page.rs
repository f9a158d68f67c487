//! Rows in the answer's order, from where the last page ended: by name, type, version (newest
//! first), artifact, image, host, container and beginning.

use std::ops::ControlFlow;

use proto_types::FindResult;

use super::{
    look::Search,
    row::{Position, Row},
};
use crate::{artifacts::ArtifactAt, runs::RunAt};

/// One page of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The rows.
    pub rows: Vec<FindResult>,
    /// Where it ended, where there are more.
    pub next: Option<Position>,
}

impl Search<'_> {
    /// At most so many rows behind a position.
    #[must_use]
    pub fn page(&self, after: Option<&Position>, limit: usize) -> Page {
        let mut rows = Vec::new();
        let next = self.rows(after, limit, |row| {
            rows.push(row.to_answer().into_owned());
            ControlFlow::Continue(())
        });
        Page { rows, next }
    }

    /// Hands over at most so many rows behind a position, and none behind one that is enough; where
    /// the last one stands, where there are more.
    pub fn rows(
        &self,
        after: Option<&Position>,
        limit: usize,
        mut take: impl FnMut(&Row<'_, '_>) -> ControlFlow<()>,
    ) -> Option<Position> {
        let (mut left, mut last) = (limit, None);
        let walked = self.walk(after, &mut |row| {
            if left == 0 {
                return ControlFlow::Break(());
            }
            left = match take(row) {
                ControlFlow::Continue(()) => left - 1,
                ControlFlow::Break(()) => 0,
            };
            if left == 0 {
                last = Some(row.position());
            }
            ControlFlow::Continue(())
        });
        last.filter(|_| walked.is_break())
    }

    fn walk(
        &self,
        after: Option<&Position>,
        take: &mut impl FnMut(&Row<'_, '_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let first = after.map(|after| after.name.as_str());
        let names = self.names_from(first);
        let in_order = names.map(|name| (name, self.artifacts_of(name)));
        self.walk_artifacts(in_order, after, &mut |artifact, after| {
            for image in self.images_from(artifact, after) {
                self.walk_runs((artifact, image), after, take)?;
            }
            ControlFlow::Continue(())
        })
    }

    /// Hands over artifacts by their names, each in order, from that of a position on; and where one
    /// is that position's, the position.
    pub(super) fn walk_artifacts(
        &self,
        in_order: impl Iterator<Item = (u32, Vec<u32>)>,
        after: Option<&Position>,
        visit: &mut impl FnMut(&ArtifactAt<'_>, Option<&Position>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let texts = self.index.artifacts.texts();
        let first = after.map(|after| after.name.as_str());
        for (name, of_name) in in_order.skip_while(|(name, _)| Some(texts.get(*name)) < first) {
            let after = after.filter(|_| first == Some(texts.get(name)));
            let mut behind = after.is_none();
            for number in of_name {
                // What stands before the last row's artifact was on the pages before.
                let is_last = after.is_some_and(|after| after.artifact == number);
                if behind || is_last {
                    let artifact = self.index.artifacts.at(number);
                    visit(&artifact, after.filter(|_| is_last))?;
                }
                behind |= is_last;
            }
        }
        ControlFlow::Continue(())
    }

    /// The images that count and hold an artifact, from that of a position on.
    pub(super) fn images_from(
        &self,
        artifact: &ArtifactAt<'_>,
        after: Option<&Position>,
    ) -> impl Iterator<Item = u32> {
        let first = after.map_or(0, |after| after.image);
        let images = self.holding(artifact.number());
        images.filter(move |image| *image >= first && self.scope.containers(*image) > 0)
    }

    /// Hands over the rows of an artifact in an image, behind a position.
    pub(super) fn walk_runs(
        &self,
        (artifact, image): (&ArtifactAt<'_>, u32),
        after: Option<&Position>,
        take: &mut impl FnMut(&Row<'_, '_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let Some(digest) = self.index.images.get(image).map(|image| &image.digest) else {
            return ControlFlow::Continue(());
        };
        let after = after.filter(|after| after.image == image);
        for at in self.runs_of(image, after) {
            take(&Row {
                artifact,
                container: self.index.runs.texts().get(at.run.container),
                image_name: self.index.runs.texts().get(at.run.image_name),
                image_digest: digest,
                host: self.host(at.run.host),
                image,
                at,
            })?;
        }
        ControlFlow::Continue(())
    }

    /// The runs of an image that count, in order, behind a position.
    fn runs_of(&self, image: u32, after: Option<&Position>) -> Vec<RunAt<'_>> {
        let texts = self.index.runs.texts();
        let mut runs = Vec::with_capacity(self.scope.containers(image) as usize);
        self.scope.each_run(image, |at| {
            let rank = self.index.hosts.rank_at(at.run.host, self.question.pin);
            runs.push((rank, texts.get(at.run.container), at));
        });
        runs.sort_unstable_by_key(|(rank, container, at)| {
            (*rank, *container, at.run.since, at.run.run)
        });
        if let Some(after) = after {
            let last = (&*after.host, &*after.container, after.since, after.run);
            runs.retain(|(_, container, at)| {
                (self.host(at.run.host), *container, at.run.since, at.run.run) > last
            });
        }
        runs.into_iter().map(|(_, _, at)| at).collect()
    }

    fn host(&self, host: u32) -> &str {
        self.index.hosts.name_at(host, self.question.pin)
    }
}
