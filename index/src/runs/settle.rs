//! Letting go of names that no run has any more.

use super::{Runs, run::Live};
use crate::moved::Moved;

/// So many runs are dropped at least before it is looked for names that are left.
const DROPPED: usize = 4096;

impl Runs {
    /// Lets go of names that no run has any more, where they may be many. It takes a look at every
    /// run, so it is done once for so many that were dropped. Whether it was done: then texts have
    /// other numbers.
    pub fn settle(&mut self) -> bool {
        let (texts, runs) = (self.texts.len() as usize, self.live.len());
        let is_due = self.dropped > DROPPED.max(texts / 2 + runs / 8);
        if is_due {
            self.drop_texts();
        }
        is_due
    }

    /// Lets go of names that no run has any more.
    pub fn drop_texts(&mut self) {
        let mut texts = Moved::of(std::mem::take(&mut self.texts));
        let mut rename = |run: &mut Live| {
            run.container = texts.number(run.container);
            run.image_name = texts.number(run.image_name);
        };
        self.live.each_mut(&mut rename);
        self.past.each_mut(|past| rename(&mut past.run));
        for known in self.known.iter_mut().flatten() {
            known.renumber(|name| texts.number(name));
        }
        (self.texts, _) = texts.done();
        self.dropped = 0;
    }
}
