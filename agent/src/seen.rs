//! What was seen when podman was asked what runs.

use model::{bounds, shown::on_one_line};
use proto_types::ImageDigest;

use crate::{
    podman::{Listed, Listing, PodmanError},
    size,
};

/// How much of a report's body is for what isn't a container, in bytes.
const HEAD: usize = 64 << 10;

/// What was seen.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// The containers, with the number of the store that each is in.
    pub(crate) containers: Vec<(usize, Listed)>,
    /// Why it isn't all: for each store that couldn't be listed, and for each container that can't
    /// be told of.
    pub(crate) missing: Vec<String>,
}

/// Which containers podman is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Those that run.
    Running,
    /// Those that have stopped too.
    All,
}

impl Seen {
    /// Adds what the store of this number and name listed, or why it listed nothing.
    pub(crate) fn add(
        &mut self,
        number: usize,
        store: &str,
        listing: Result<Listing, PodmanError>,
    ) {
        match listing {
            Ok(listing) => {
                for why in listing.left_out {
                    self.miss(why);
                }
                let numbered = listing.containers.into_iter().map(|one| (number, one));
                self.containers.extend(numbered);
            }
            Err(error) => self.miss(format!("{store} can't be listed: {error}")),
        }
    }

    /// Leaves out what runs beyond what one report may tell.
    pub(crate) fn keep_to_bounds(&mut self) {
        self.keep_within(bounds::CONTAINERS, bounds::FULL_REPORT_BODY - HEAD);
    }

    fn keep_within(&mut self, most: usize, mut room: usize) {
        let (mut count, mut left_out) = (0, Vec::new());
        self.containers.retain(|(_, listed)| {
            if !listed.running {
                return true;
            }
            let left = size::in_list(&listed.container).and_then(|size| room.checked_sub(size));
            let fits = left.filter(|_| count < most);
            match fits {
                Some(left) => (count, room) = (count + 1, left),
                None => left_out.push(listed.container.name.clone()),
            }
            fits.is_some()
        });
        if let Some(first) = left_out.first() {
            self.miss(format!(
                "{} of the containers that run are left out, such as `{}`: one report holds at \
                 most {} containers and {} MiB",
                left_out.len(),
                on_one_line(first, 60),
                bounds::CONTAINERS,
                bounds::FULL_REPORT_BODY >> 20
            ));
        }
    }

    /// Notes, and logs, why it isn't all.
    fn miss(&mut self, why: String) {
        tracing::error!("{why}");
        self.missing.push(why);
    }

    /// Why it isn't all, in one line; none where it is.
    pub(crate) fn why_incomplete(&self) -> Option<String> {
        match &self.missing[..] {
            [] => None,
            [one] => Some(one.clone()),
            [first, others @ ..] => Some(format!("{first} (and {} more)", others.len())),
        }
    }

    /// The store with a running container on `image`; no other image is ever mounted.
    pub(crate) fn store_of(&self, image: &ImageDigest) -> Option<usize> {
        let runs = |listed: &Listed| listed.running && listed.container.image_digest == *image;
        let found = self.containers.iter().find(|(_, listed)| runs(listed));
        found.map(|(store, _)| *store)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use proto_types::ReportedContainer;

    use super::{Listed, Listing, Seen};

    /// These containers, listed by one store.
    fn seen(names: &[&str]) -> Seen {
        let listed = |name: &&str| Listed {
            id: String::new(),
            container: ReportedContainer {
                name: (*name).to_owned(),
                image_name: String::new(),
                image_digest: format!("sha256:{}", "0a".repeat(32)).parse().unwrap(),
            },
            running: !name.starts_with("stopped"),
        };
        let mut seen = Seen::default();
        let containers = names.iter().map(listed).collect();
        let left_out = Vec::new();
        seen.add(
            0,
            "podman",
            Ok(Listing {
                containers,
                left_out,
            }),
        );
        seen
    }

    fn names(seen: &Seen) -> Vec<&str> {
        let containers = seen.containers.iter();
        containers
            .map(|(_, listed)| listed.container.name.as_str())
            .collect()
    }

    #[test]
    fn one_container_too_many_is_left_out_and_named_and_the_others_are_told() {
        let mut seen = seen(&["a", "stopped", "b", "c"]);
        seen.keep_within(2, 10_000);
        assert_eq!(names(&seen), ["a", "stopped", "b"]);
        let why = seen.why_incomplete().unwrap();
        assert!(why.starts_with("1 of the containers that run are left out, such as `c`"));
    }

    #[test]
    fn what_does_not_fit_into_a_report_is_left_out() {
        let long = "\"".repeat(500);
        let mut seen = seen(&["a", &long, &long, "b"]);
        seen.keep_within(100, 1500);
        assert_eq!(names(&seen), ["a", &long, "b"]);
        assert_eq!(seen.missing.len(), 1);
    }

    #[test]
    fn nothing_is_missing_where_everything_fits() {
        let mut seen = seen(&["a", "b"]);
        seen.keep_to_bounds();
        assert_eq!(seen.why_incomplete(), None);
    }
}
