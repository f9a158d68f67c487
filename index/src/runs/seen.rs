//! Under which name and when an image ran, as of any commit: what is kept of it, or for an older
//! commit what its runs tell.

use super::{Runs, known::Seen, run::RunAt};
use crate::change::Seq;

impl Runs {
    /// When an image ran as of a commit.
    pub fn seen(&self, image: u32, pin: Seq) -> Option<Seen> {
        let known = self.known(image)?;
        if self.changed(image) <= pin {
            return Some(Seen {
                first: known.first,
                last: known.last,
                runs: !self.live_of(image).is_empty(),
            });
        }
        let mut seen = Seen {
            first: known.first_of_none,
            last: Some(known.last_of_none).filter(|last| *last > i64::MIN),
            runs: false,
        };
        self.each_known(image, pin, |RunAt { run, until }| {
            seen.first = seen.first.min(run.since);
            seen.last = seen.last.max(until);
            seen.runs |= until.is_none();
        });
        if seen.first == i64::MAX {
            seen.first = known.first;
        }
        Some(seen)
    }

    /// The name that an image's newest run was started by as of a commit, by the number of its
    /// text.
    pub fn name_at(&self, image: u32, pin: Seq) -> Option<u32> {
        let known = self.known(image)?;
        if known.named <= pin {
            return Some(known.name);
        }
        let mut newest = Some(known.naming_of_none()).filter(|(told, ..)| *told <= pin);
        self.each_known(image, pin, |RunAt { run, .. }| {
            newest = newest.max(Some(run.naming()));
        });
        Some(newest.map_or(known.name, |(_, _, name)| name))
    }

    /// Hands over every run of an image that a commit knew of.
    pub fn each_known<'r>(&'r self, image: u32, pin: Seq, mut take: impl FnMut(RunAt<'r>)) {
        for slot in self.live_of(image) {
            if let Some(run) = self.live.get(*slot).filter(|run| run.began <= pin) {
                take(RunAt { run, until: None });
            }
        }
        for past in self.past_of(image).filter(|past| past.run.began <= pin) {
            take(RunAt {
                run: &past.run,
                until: (past.ended <= pin).then_some(past.until),
            });
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::change::Run;

    fn run(number: u64, name: &str) -> Run {
        Run {
            run: number,
            host: 1,
            image: 1,
            container: format!("c{number}"),
            image_name: name.to_owned(),
            since: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_name_that_only_a_run_which_was_dropped_told_stands_until_another_is_told() {
        let mut runs = Runs::default();
        runs.add_image(1, "app:1", 0, 1).unwrap();
        runs.begin(&run(1, "app:1"), 1).unwrap();
        runs.begin(&run(2, "app:2"), 2).unwrap();
        runs.end(2, 1, 10, 3).unwrap();
        runs.drop_all(&[(2, 1)]).unwrap();
        runs.begin(&run(3, "app:3"), 5).unwrap();
        let name = |pin| runs.texts().get(runs.name_at(1, pin).unwrap());
        assert_eq!([1, 2, 4, 5].map(name), ["app:1", "app:2", "app:2", "app:3"]);
    }
}
