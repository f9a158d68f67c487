//! Counting what fits, in pieces: whoever shares the index can let others at it between two of them.

use model::tally::Counts;

use super::{
    counted::{Counted, Counting, Total},
    counter::Counter,
    finding::Pause,
    fitting::Fitting,
    look::Search,
};
use crate::bits::Bits;

/// Images are looked at beforehand for so many pairs of an artifact that fits and an image.
const AHEAD: usize = 100_000;

impl Search<'_> {
    /// Counts what was found, until it is to pause; whether all is counted.
    pub fn count(&mut self, pause: Pause<'_>) -> bool {
        if self.found.counted.get().is_some() {
            return true;
        }
        let mut counting = std::mem::take(&mut self.found.counting);
        let counted = counting.go_on(self, pause);
        self.found.counting = counting;
        counted.is_some_and(|counted| self.found.counted.set(counted).is_ok())
    }

    /// How much fits.
    #[must_use]
    pub fn total(&self) -> Total {
        self.counted().total
    }

    /// The artifacts that fit and that an image holds that counts.
    pub(super) fn counting(&self) -> &Bits {
        &self.counted().artifacts
    }

    /// Counts an artifact that fits into a group; how many rows that is.
    pub(super) fn count_in(&self, counter: &mut Counter, artifact: u32) -> u64 {
        counter.add(&self.scope, self.holding(artifact))
    }

    fn counted(&self) -> &Counted {
        self.found.counted.get_or_init(|| {
            let counted = Counting::default().go_on(self, &|| false);
            counted.unwrap_or_default()
        })
    }
}

impl Counting {
    /// Goes on until everything is counted, or until it is to pause.
    fn go_on(&mut self, search: &Search<'_>, pause: Pause<'_>) -> Option<Counted> {
        let counter = self.counter.take();
        let mut counter = counter.unwrap_or_else(|| Counter::new(&search.scope));
        let counts = self.count(search, &mut counter, pause);
        self.counter = Some(counter);
        counts.map(|counts| self.counted(counts))
    }

    fn count(
        &mut self,
        search: &Search<'_>,
        counter: &mut Counter,
        pause: Pause<'_>,
    ) -> Option<Counts> {
        match search.fitting() {
            Fitting::All => self.all(search, counter, pause)?,
            Fitting::These(list) => {
                if !std::mem::replace(&mut self.looked_ahead, true) {
                    look_ahead(search, list);
                }
                self.these(search, (list, counter), pause)?;
            }
            Fitting::Held(_) if self.place == 0 => {
                search.each_fitting(|artifact| self.artifact(search, counter, artifact));
                self.place = 1;
            }
            Fitting::Held(_) => {}
        }
        counter.find_hosts(&search.scope, pause)?;
        self.note_seen(search);
        Some(counter.take_found())
    }

    fn these(
        &mut self,
        search: &Search<'_>,
        (list, counter): (&[u32], &mut Counter),
        pause: Pause<'_>,
    ) -> Option<()> {
        while let Some(artifact) = list.get(self.place) {
            self.place += 1;
            self.artifact(search, counter, *artifact);
            if pause() {
                return None;
            }
        }
        Some(())
    }

    /// Counts an artifact in that fits.
    fn artifact(&mut self, search: &Search<'_>, counter: &mut Counter, artifact: u32) {
        let held = search.holding(artifact).inspect(|image| {
            self.met.insert(*image);
        });
        let rows = counter.add(&search.scope, held);
        self.rows += rows;
        if rows > 0 {
            self.artifacts.insert(artifact);
        }
    }

    /// The same for everything that every image holds: an artifact counts once one image is found
    /// that holds it, and what counts of the images is known without a look at the artifacts.
    fn all(&mut self, search: &Search<'_>, counter: &mut Counter, pause: Pause<'_>) -> Option<()> {
        while self.place < search.index.images.end() {
            let image = self.place as u32;
            self.place += 1;
            let Some(set) = search.scope.set(image).filter(|set| set.len() > 0) else {
                continue;
            };
            self.met.insert(image);
            let containers = search.scope.containers(image);
            self.rows += u64::from(containers) * u64::from(set.len());
            counter.add(&search.scope, std::iter::once(image));
            if pause() {
                return None;
            }
        }
        while self.looked_at < search.index.artifacts.end() {
            let artifact = self.looked_at as u32;
            self.looked_at += 1;
            if search.counts(artifact) {
                self.artifacts.insert(artifact);
            }
            if pause() {
                return None;
            }
        }
        Some(())
    }

    /// Notes when the images ran that hold something that fits.
    fn note_seen(&mut self, search: &Search<'_>) {
        if search.scope.is_of_runs() {
            return;
        }
        let met = std::mem::take(&mut self.met);
        for image in met.iter() {
            if let Some(seen) = search.index.runs.seen(image, search.question.pin) {
                self.note(seen);
            }
        }
    }
}

/// Looks at the images that hold some artifacts, where they are several: each may be held by a few
/// of all images.
fn look_ahead(search: &Search<'_>, list: &[u32]) {
    if list.len() > 1 {
        let postings = &search.index.postings;
        let held = list.iter().flat_map(|artifact| postings.images(*artifact));
        search.scope.look_ahead(&held.take(AHEAD).collect());
    }
}
