//! What an image is called: by the name that most hosts run it under, so that none renames it for all.

use std::cmp::Reverse;

use super::Runs;
use crate::change::Seq;

/// A run of an image: the name that the image was started by, the host and the run.
type Told = (u32, u32, u64);

impl Runs {
    /// The name that most hosts ran an image under as of a commit, by the number of its text; of those
    /// that as many did, the one that was told first. Where none ran it, that of its newest run.
    pub fn called(&self, image: u32, pin: Seq) -> Option<u32> {
        let newest = || self.name_at(image, pin);
        if !self.apart.contains(&image) {
            return newest();
        }
        let mut told = Vec::new();
        self.each_known(image, pin, |at| {
            if at.until.is_none() {
                told.push((at.run.image_name, at.run.host, at.run.run));
            }
        });
        let by_name = by_name(told).into_iter();
        let most = by_name.max_by_key(|(_, hosts, first)| (*hosts, Reverse(*first)));
        most.map(|(name, ..)| name).or_else(newest)
    }

    /// The names that an image runs under, those that most hosts run it under first.
    pub fn names(&self, image: u32) -> Vec<&str> {
        let live = self.live_of(image).iter();
        let live = live.filter_map(|slot| self.live(*slot));
        let told = live.map(|run| (run.image_name, run.host, run.run));
        let by_name = by_name(told.collect()).into_iter();
        let mut names: Vec<(Reverse<usize>, &str)> = by_name
            .map(|(name, hosts, _)| (Reverse(hosts), self.texts.get(name)))
            .collect();
        names.sort_unstable();
        names.into_iter().map(|(_, name)| name).collect()
    }

    /// Notes that an image was told by this name: whether all of its runs have one is known then.
    pub(super) fn note_name(&mut self, image: u32, name: u32) {
        if self.known(image).is_some_and(|known| known.name != name) {
            self.apart.insert(image);
        }
    }
}

/// Each name with how many hosts told it, and the first run that did.
fn by_name(mut told: Vec<Told>) -> Vec<(u32, usize, u64)> {
    told.sort_unstable();
    let names = told.chunk_by(|one, other| one.0 == other.0);
    let counted = names.filter_map(|of_name| {
        let hosts = of_name.chunk_by(|one, other| one.1 == other.1).count();
        let first = of_name.iter().map(|(.., run)| *run).min()?;
        Some((of_name.first()?.0, hosts, first))
    });
    counted.collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::change::Run;

    /// The runs of an image that these hosts told of, one after the other, each in a commit.
    fn runs(told: &[(u32, &str)]) -> Runs {
        let mut runs = Runs::default();
        runs.add_image(1, "app:1", 0, 1).unwrap();
        for (number, (host, name)) in (1..).zip(told) {
            let run = Run {
                run: number,
                host: *host,
                image: 1,
                container: format!("c{number}"),
                image_name: (*name).to_owned(),
                since: Timestamp::UNIX_EPOCH,
            };
            runs.begin(&run, number).unwrap();
        }
        runs
    }

    fn called(runs: &Runs, pin: Seq) -> &str {
        runs.texts().get(runs.called(1, pin).unwrap())
    }

    #[test]
    fn one_host_renames_no_image_for_all_however_many_containers_it_runs() {
        let one = runs(&[(1, "app:1"), (2, "evil"), (2, "evil"), (2, "evil")]);
        assert_eq!(called(&one, 9), "app:1", "it was told first");
        let two = runs(&[(2, "evil"), (2, "evil"), (1, "app:1"), (3, "app:1")]);
        assert_eq!(called(&two, 9), "app:1", "by two hosts");
        assert_eq!(called(&two, 3), "evil", "one was no more than the other");
        assert_eq!(two.names(1), ["app:1", "evil"]);
    }

    #[test]
    fn an_image_that_nothing_runs_is_called_as_its_newest_run_was() {
        let mut runs = runs(&[(1, "app:1"), (2, "app:2")]);
        runs.end(1, 1, 10, 3).unwrap();
        assert_eq!(called(&runs, 3), "app:2", "by the one that is left");
        runs.end(2, 2, 10, 4).unwrap();
        assert_eq!(
            [2, 3, 4].map(|pin| called(&runs, pin)),
            ["app:1", "app:2", "app:2"]
        );
        assert!(runs.names(1).is_empty());
    }
}
