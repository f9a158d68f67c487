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
            last: known.last_of_none,
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
        let mut newest = None;
        self.each_known(image, pin, |RunAt { run, .. }| {
            newest = newest.max(Some((run.began, run.run, run.image_name)));
        });
        Some(newest.map_or(known.name, |(_, _, name)| name))
    }
}
