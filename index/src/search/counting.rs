//! Counting what fits, in pieces: whoever shares the index can let others at it between two of them.

use super::{
    counted::{Counted, Counting, Total},
    counter::Counter,
    finding::Pause,
    fitting::Fitting,
    look::Search,
    row::time,
};
use crate::{bits::Bits, runs::Seen};

/// Where no more artifacts fit, the hosts of each are kept: a bit for each host that there is.
const FEW: usize = 256;

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
        let holding = self.holding(artifact);
        let counted = self.found.counted.get();
        match counted.and_then(|counted| counted.hosts.get(&artifact)) {
            Some(hosts) => counter.add_known(&self.scope, holding, hosts),
            None => counter.add(&self.scope, holding),
        }
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
        let mut counter = self.counter.take();
        let counter = counter.get_or_insert_with(|| Counter::new(&search.scope));
        let is_done = match search.fitting() {
            Fitting::All => self.all(search, counter, pause),
            Fitting::These(list) => self.these(search, (list, counter), pause),
            Fitting::Held(_) => {
                search.each_fitting(|artifact| {
                    self.artifact(search, counter, artifact);
                });
                Some(())
            }
        };
        if is_done.is_none() {
            self.counter = Some(std::mem::replace(counter, Counter::new(&search.scope)));
            return None;
        }
        let mut counted = std::mem::take(&mut self.counted);
        counted.total.counts = counter.counts();
        counted.total.counts.artifacts = counted.artifacts.len() as u64;
        Some(counted)
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
        let (met, total) = (&mut self.met, &mut self.counted.total);
        let held = search.holding(artifact).inspect(|image| {
            if met.insert(*image) {
                note_seen(search, *image, total);
            }
        });
        let is_few = matches!(search.fitting(), Fitting::These(list) if list.len() <= FEW);
        let (rows, hosts) = match is_few {
            true => counter.add_apart(&search.scope, held),
            false => (counter.add(&search.scope, held), None),
        };
        let kept = hosts.filter(|_| rows > 0).map(|hosts| (artifact, hosts));
        self.counted.hosts.extend(kept);
        self.counted.total.rows += rows;
        if rows > 0 {
            self.counted.artifacts.insert(artifact);
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
            note_seen(search, image, &mut self.counted.total);
            let containers = search.scope.containers(image);
            self.counted.total.rows += u64::from(containers) * u64::from(set.len());
            counter.add(&search.scope, std::iter::once(image));
            if pause() {
                return None;
            }
        }
        while self.looked_at < search.index.artifacts.end() {
            let artifact = self.looked_at as u32;
            self.looked_at += 1;
            if search.counts(artifact) {
                self.counted.artifacts.insert(artifact);
            }
            if pause() {
                return None;
            }
        }
        Some(())
    }
}

fn note_seen(search: &Search<'_>, image: u32, total: &mut Total) {
    if search.scope.is_of_runs() {
        return;
    }
    let seen = search.index.runs.seen(image, search.question.pin);
    let Some(Seen { first, last, runs }) = seen else {
        return;
    };
    let first = time(first);
    total.first_seen = Some(total.first_seen.map_or(first, |known| known.min(first)));
    total.last_seen = total.last_seen.max(last.map(time));
    total.runs |= runs;
}
