//! How much an answer can know, as of the last commit: how the hosts stand or stood, and the images
//! that they run or ran by how far their SBOMs have come.

use std::collections::BTreeSet;

use jiff::Timestamp;
use model::{presence::Span, proof};
use proto_types::{Coverage, ScanStatus};

use crate::{
    bits::Bits,
    fleet::Index,
    question::Question,
    search,
    standing::{Clock, Standing},
};

/// An answer about more hosts than this is said to cover what one about all of them does: what many
/// ran takes long to look up, one by one.
const MOST_HOSTS: usize = 4096;

/// Images by what is known of what they hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Known {
    nothing: u64,
    withdrawn: u64,
    a_part: u64,
    all: u64,
}

impl Index {
    /// How much an answer about the whole fleet can know: about now, or about a time, in whole
    /// milliseconds.
    #[must_use]
    pub fn coverage(&self, time: Option<Span>, clock: Clock) -> Coverage {
        let standing = match passed(time, clock) {
            None => self.stand.now(clock),
            Some(passed) => self.stand.then(None, passed, clock),
        };
        let running = (0..self.images.end() as u32).filter(|image| self.runs.ran(*image, time));
        self.covered((time, clock), standing, self.known(running))
    }

    /// How much an answer can know about what the hosts run that have or had a name, or ran at a
    /// time.
    #[must_use]
    pub fn coverage_of(&self, host: &str, time: Option<Span>, clock: Clock) -> Coverage {
        let hosts = self.hosts.named(host, self.seq);
        self.coverage_of_hosts(&hosts, time, clock)
    }

    /// How much the answer to a question can know, about a time: where it is about some hosts, what
    /// the others run can't be in it, and how they stand is no gap of it. Nothing else narrows it: a
    /// host that is silent, or an image without an SBOM, may hold whatever else is asked for.
    #[must_use]
    pub fn coverage_for(&self, question: &Question, time: Option<Span>, clock: Clock) -> Coverage {
        match self.hosts_asked(question) {
            Some(hosts) => {
                let hosts: Vec<u32> = hosts.iter().collect();
                self.coverage_of_hosts(&hosts, time, clock)
            }
            None => self.coverage(time, clock),
        }
    }

    /// Those of the hosts a question about now is about that are silent, by name, in order.
    #[must_use]
    pub fn silent_of(&self, question: &Question, clock: Clock) -> Vec<String> {
        let asked = self.hosts_asked(question);
        let silent = self.stand.silent(clock);
        let silent = silent.filter(|host| asked.as_ref().is_none_or(|hosts| hosts.contains(*host)));
        let names = silent.map(|host| self.hosts.name_at(host, question.pin).to_owned());
        let mut names: Vec<String> = names.collect();
        names.sort_unstable();
        names
    }

    /// The hosts that a question is about, where it is about some and not about too many.
    fn hosts_asked(&self, question: &Question) -> Option<Bits> {
        search::hosts_asked(self, question).filter(|hosts| hosts.len() <= MOST_HOSTS)
    }

    /// How much an answer about these hosts, rising, can know.
    fn coverage_of_hosts(&self, hosts: &[u32], time: Option<Span>, clock: Clock) -> Coverage {
        let standing = match passed(time, clock) {
            None => self.stand.now_of(hosts, clock),
            Some(passed) => self.stand.then(Some(hosts), passed, clock),
        };
        let ran = self.runs.images_of(hosts, time);
        self.covered((time, clock), standing, self.known(ran.into_iter()))
    }

    /// The images that the hosts run that have or had a name, or ran at a time, by number.
    #[must_use]
    pub fn images_of(&self, host: &str, time: Option<Span>) -> BTreeSet<u32> {
        let hosts = self.hosts.named(host, self.seq);
        self.runs.images_of(&hosts, time)
    }

    /// Since when the past is kept, where some of it was dropped.
    #[must_use]
    pub const fn kept_since(&self) -> Option<Timestamp> {
        self.stand.kept_since()
    }

    fn known(&self, images: impl Iterator<Item = u32>) -> Known {
        let mut known = Known::default();
        for image in images {
            match self.images.status(image) {
                None => {
                    known.nothing += 1;
                    known.withdrawn += u64::from(self.images.is_withdrawn(image));
                }
                Some(ScanStatus::Partial) => known.a_part += 1,
                Some(ScanStatus::Complete) => known.all += 1,
            }
        }
        known
    }

    fn covered(
        &self,
        (time, clock): (Option<Span>, Clock),
        standing: Standing,
        images: Known,
    ) -> Coverage {
        let [containers_without_image, runtimes_not_looked_at] = standing.unseen;
        let from = passed(time, clock).map(|passed| passed.from);
        proof::judged(Coverage {
            hosts: standing.enrolled,
            pending_hosts: standing.pending,
            silent_hosts: standing.silent,
            incomplete_hosts: standing.incomplete,
            cloned_hosts: standing.cloned,
            containers_without_image,
            runtimes_not_looked_at,
            running_images: images.nothing + images.a_part + images.all,
            images_without_sbom: images.nothing,
            images_withdrawn: images.withdrawn,
            images_partial: images.a_part,
            kept_since: from.and_then(|from| self.kept_since().filter(|kept| from < *kept)),
            in_future: time.is_some_and(|time| time.until > Span::at(clock.now).until),
            complete: false,
        })
    }
}

/// What has passed of a time: of what comes after now nothing is known.
fn passed(time: Option<Span>, clock: Clock) -> Option<Span> {
    time.map(|time| {
        let from = time.from.min(clock.now);
        Span::new(from, time.until.min(Span::at(clock.now).until))
    })
}
