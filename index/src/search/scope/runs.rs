//! Which of an image's runs count, and on which hosts they are.

use super::{Scope, UNKNOWN};
use crate::{
    bits::Bits,
    runs::{Live, RunAt},
};

impl<'i> Scope<'i> {
    /// Looks at some images, in their order: their rows lie in it, and what is then asked of them in
    /// another one is at hand.
    pub fn look_ahead(&self, images: &Bits) {
        for image in images.iter() {
            if self.fits(image) {
                self.containers(image);
            }
        }
    }

    /// How many of an image's runs count.
    #[inline]
    pub fn containers(&self, image: u32) -> u32 {
        let Some(cell) = self.memo.counts.get(image as usize) else {
            return 0;
        };
        if cell.get() == UNKNOWN {
            cell.set(self.count(image));
        }
        cell.get()
    }

    /// Hands over the host of each of an image's runs that count.
    pub fn each_host(&self, image: u32, mut take: impl FnMut(u32)) {
        if self.is_whole(image) {
            let hosts = self.index.runs.live_hosts(image).iter();
            hosts.copied().for_each(take);
            return;
        }
        let count = self.containers(image);
        if count > 0 && !self.memo.noted.each(image, count, &mut take) {
            self.each_run(image, |at| take(at.run.host));
        }
    }

    /// Hands over each of an image's runs that count.
    pub fn each_run(&self, image: u32, mut take: impl FnMut(RunAt<'i>)) {
        let runs = &self.index.runs;
        let hosts = runs.live_hosts(image).iter();
        for (host, slot) in hosts.zip(runs.live_of(image)) {
            if self
                .memo
                .hosts
                .as_ref()
                .is_none_or(|hosts| hosts.contains(*host))
                && let Some(run) = runs.live(*slot)
                && let Some(at) = self.at(run, None)
            {
                take(at);
            }
        }
        // They come in the order in which it was told that they ended.
        for past in runs.past_of(image).rev() {
            let known = past.ended <= self.question.pin;
            if known && self.time.is_none() {
                break;
            }
            if let Some(at) = self.at(&past.run, known.then_some(past.until)) {
                take(at);
            }
        }
    }

    /// A run as of the pin, where it counts.
    #[inline]
    pub fn at<'r>(&self, run: &'r Live, until: Option<i64>) -> Option<RunAt<'r>> {
        let in_time = match self.time {
            None => until.is_none(),
            Some((from, to)) => run.since < to && until.is_none_or(|until| until > from),
        };
        let counts = run.began <= self.question.pin
            && in_time
            && self
                .memo
                .hosts
                .as_ref()
                .is_none_or(|hosts| hosts.contains(run.host))
            && (self.labels.is_empty() || self.labels.fit(run, self.index.runs.texts()));
        counts.then_some(RunAt { run, until })
    }

    fn count(&self, image: u32) -> u32 {
        if self
            .memo
            .few
            .as_ref()
            .is_some_and(|few| !few.contains(image))
        {
            return 0;
        }
        if self.is_whole(image) {
            return self.index.runs.live_of(image).len() as u32;
        }
        self.memo.noted.note(image, |take| match self.time {
            Some(time) if self.is_known(image) && self.question.run.is_empty() => {
                self.each_in_time(image, time, take);
            }
            _ => self.each_run(image, |at| take(at.run.host)),
        })
    }

    /// Hands over the host of each run in a time of an image that no later commit changed, whatever
    /// else the run is: where the past is asked about, every run has to be looked at.
    fn each_in_time(&self, image: u32, (from, to): (i64, i64), mut take: impl FnMut(u32)) {
        let runs = &self.index.runs;
        let live = runs.live_of(image).iter();
        for run in live.filter_map(|slot| runs.live(*slot)) {
            if run.since < to {
                take(run.host);
            }
        }
        for past in runs.past_of(image) {
            if past.run.since < to && past.until > from {
                take(past.run.host);
            }
        }
    }

    /// Whether the runs of an image that go on are those that count.
    pub fn is_whole(&self, image: u32) -> bool {
        self.is_of_all_live() && self.is_known(image)
    }

    /// Whether the question's commit knows of all runs of an image.
    fn is_known(&self, image: u32) -> bool {
        self.index.runs.changed(image) <= self.question.pin
    }

    fn is_of_all_live(&self) -> bool {
        self.time.is_none() && self.question.run.is_empty()
    }

    /// Whether all is as of the last commit, so that every image is whole.
    pub fn is_of_last(&self) -> bool {
        self.is_of_all_live() && self.index.seq() <= self.question.pin
    }

    /// A host's number is below this.
    pub fn end_of_hosts(&self) -> u32 {
        self.index.hosts.end() as u32
    }

    /// The images of a host's runs that go on.
    #[inline]
    pub fn live_images(&self, host: u32) -> &'i [u32] {
        self.index.runs.live_images(host)
    }

    /// Whether the hosts of images with so many runs, all of which go on, are found with fewer looks
    /// from the hosts' side: of a host that runs some of them, one of so many is looked at as are
    /// theirs of all.
    pub fn looks_from_hosts(&self, runs: u64) -> bool {
        let all = self.index.runs.count_live() as u64;
        let looks = (u64::from(self.end_of_hosts()) * all).checked_div(runs);
        looks.is_some_and(|looks| looks.min(all) < runs)
    }
}
