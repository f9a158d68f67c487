//! How much fits: rows, and artifacts, images, containers and hosts, each counted once.

use jiff::Timestamp;
use model::tally::Counts;

use super::{counter::Counter, fitting::Fitting, look::Search, row::time};
use crate::{bits::Bits, runs::Seen};

/// How much fits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// Rows: pairs of an artifact and a run.
    pub rows: u64,
    /// What they are made of.
    pub counts: Counts,
    /// When the images that hold something that fits were first seen, whatever the time that is
    /// asked about. Nothing where the question is about some of their runs.
    pub first_seen: Option<Timestamp>,
    /// When a run of one of them last ended.
    pub last_seen: Option<Timestamp>,
    /// Whether one of them ran as of the pin, so that it was last seen then.
    pub runs: bool,
}

impl Search<'_> {
    /// How much fits.
    #[must_use]
    pub fn total(&self) -> Total {
        if let Fitting::All = self.fitting {
            return self.total_of_all();
        }
        let (mut total, mut counter, mut met) =
            (Total::default(), Counter::new(&self.scope), Bits::default());
        self.each_fitting(|artifact| {
            let held = self.holding(artifact).inspect(|image| {
                if met.insert(*image) {
                    self.note_seen(*image, &mut total);
                }
            });
            let rows = counter.add(&self.scope, held);
            total.rows += rows;
        });
        total.counts = counter.counts();
        total
    }

    /// The same for everything that every image holds: an artifact counts once one image is found
    /// that holds it, and what counts of the images is known without a look at the artifacts.
    fn total_of_all(&self) -> Total {
        let (mut total, mut counter) = (Total::default(), Counter::new(&self.scope));
        for (image, _) in self.index.images.all() {
            let Some(set) = self.scope.set(image).filter(|set| set.len() > 0) else {
                continue;
            };
            self.note_seen(image, &mut total);
            let containers = self.scope.containers(image);
            total.rows += u64::from(containers) * u64::from(set.len());
            counter.add(&self.scope, std::iter::once(image));
        }
        total.counts = counter.counts();
        total.counts.artifacts = self.counting().len() as u64;
        total
    }

    fn note_seen(&self, image: u32, total: &mut Total) {
        if self.scope.is_of_runs() {
            return;
        }
        let seen = self.index.runs.seen(image, self.question.pin);
        let Some(Seen { first, last, runs }) = seen else {
            return;
        };
        let first = time(first);
        total.first_seen = Some(total.first_seen.map_or(first, |known| known.min(first)));
        total.last_seen = total.last_seen.max(last.map(time));
        total.runs |= runs;
    }
}
