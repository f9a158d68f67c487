//! What runs, or ran at some moment of a time, as of the last commit.

use std::collections::BTreeSet;

use model::presence::Span;

use super::{Runs, run::ran_in};

impl Runs {
    /// Whether an image runs, or ran at a time, in whole milliseconds.
    pub fn ran(&self, image: u32, time: Option<Span>) -> bool {
        let live = self.live_of(image);
        let Some(time) = time else {
            return !live.is_empty();
        };
        let (from, until) = (time.from.as_millisecond(), time.until.as_millisecond());
        let Some(known) = self.known(image).filter(|known| known.first < until) else {
            return false;
        };
        let mut live = live.iter().filter_map(|slot| self.live(*slot));
        let mut past = match known.last {
            Some(last) if last > from => self.past_of_image.get(image),
            _ => &[],
        }
        .iter()
        .rev()
        .filter_map(|slot| self.past.get(*slot));
        live.any(|run| ran_in(run, None, time))
            || past.any(|past| ran_in(&past.run, Some(past.until), time))
    }

    /// The images that hosts run, or ran at a time, in whole milliseconds.
    pub fn images_of(&self, hosts: &[u32], time: Option<Span>) -> BTreeSet<u32> {
        let runs = hosts.iter().flat_map(|host| self.of_host(*host));
        let runs = runs.map(|(run, past)| (run, past.map(|past| past.until)));
        let ran = runs.filter(|(run, until)| match time {
            None => until.is_none(),
            Some(time) => ran_in(run, *until, time),
        });
        ran.map(|(run, _)| run.image).collect()
    }
}
