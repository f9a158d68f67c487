//! What fits, narrowed to what advisories say something of that is wanted: groups and covers of that are
//! those of any question.

use std::sync::Arc;

use super::{advisories::Advisories, rows::Wanted, statements::Stated};
use crate::{
    fleet::Built,
    search::{finding::Pause, look::Search},
};

/// Pairs of an artifact and an image that holds it, rising.
pub type Pairs = Arc<[(u32, u32)]>;

/// There are more pairs than this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany(
    /// How many were taken at most.
    pub usize,
);

/// How far it has come. All of it is as of the question's commit, and of one set of advisories.
#[derive(Default)]
pub struct Narrowing {
    built: Option<Built>,
    /// Advisories that were judged by.
    place: usize,
    /// What the next one may mean and was not judged yet.
    left: Option<Vec<u32>>,
    pairs: Vec<(u32, u32)>,
    /// Of the pairs, those that are sorted and there once.
    sorted: usize,
}

impl Search<'_> {
    /// Finds what counts of what fits, at most so many pairs, until it is to pause. A question about those
    /// alone has them as its `only`.
    pub fn narrow(
        &self,
        narrowing: &mut Narrowing,
        (advisories, wanted): (&Advisories, Wanted<'_>),
        (most, pause): (usize, Pause<'_>),
    ) -> Option<Result<Pairs, TooMany>> {
        if narrowing.built.replace(self.index.built) != Some(self.index.built) {
            *narrowing = Narrowing {
                built: Some(self.index.built),
                ..Narrowing::default()
            };
        }
        while let Some(advisory) = advisories.get(narrowing.place) {
            let statements = advisories.stated_of(narrowing.place);
            let stated = Stated {
                advisory,
                statements: &statements,
            };
            let Narrowing { left, pairs, .. } = narrowing;
            let walked = self.each_wanted((stated, wanted), left, pause, |artifact, images| {
                pairs.extend(images.iter().map(|(image, _)| (artifact, *image)));
            });
            if !narrowing.has_room(most) {
                return Some(Err(TooMany(most)));
            }
            walked?;
            narrowing.place += 1;
            if pause() {
                return None;
            }
        }
        narrowing.sort();
        match narrowing.has_room(most) {
            true => Some(Ok(std::mem::take(&mut narrowing.pairs).into())),
            false => Some(Err(TooMany(most))),
        }
    }
}

impl Narrowing {
    /// Whether there are no more pairs than so many: many advisories mean the same ones.
    fn has_room(&mut self, most: usize) -> bool {
        if self.pairs.len() > most.max(2 * self.sorted) {
            self.sort();
        }
        self.sorted <= most
    }

    fn sort(&mut self) {
        self.pairs.sort_unstable();
        self.pairs.dedup();
        self.sorted = self.pairs.len();
    }
}
