//! What was seen when podman was asked what runs.

use std::collections::BTreeSet;

use jiff::Timestamp;
use model::{bounds, shown::on_one_line};
use proto_types::{ImageDigest, LeftOut, LeftOutItem, ReportedContainer, Unseen};

use crate::podman::{Listed, Listing, PodmanError};

/// How much of a container's name is shown, in characters.
const SHOWN: usize = 60;
/// How much of a reason is shown.
const REASON: usize = 300;

/// What was seen.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// The containers, with the number of the store that each is in.
    pub(crate) containers: Vec<(usize, Listed)>,
    /// Why it isn't all: for each store that couldn't be listed, and for each container that can't
    /// be told of.
    pub(crate) missing: Vec<String>,
    /// The stores that were listed whole: what isn't listed there isn't there.
    pub(crate) whole: BTreeSet<usize>,
    /// What else runs here that the containers don't show.
    pub(crate) unseen: Unseen,
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
                if listing.left_out.is_empty() {
                    self.whole.insert(number);
                }
                for why in listing.left_out {
                    self.miss(why);
                }
                self.without_image(&listing.without_image);
                let numbered = listing.containers.into_iter().map(|one| (number, one));
                self.containers.extend(numbered);
            }
            Err(error) => self.miss(format!("{store} can't be listed: {error}")),
        }
    }

    /// Adds the containers of a store that run without an image.
    fn without_image(&mut self, names: &[String]) {
        let Some(first) = names.first() else {
            return;
        };
        let count = names.len();
        tracing::warn!(
            count,
            "containers without an image can't be scanned, such as `{first}`"
        );
        self.unseen.containers_without_image += u64::try_from(count).unwrap_or(u64::MAX);
    }

    /// Adds what is left out of a report, by the agent or by the server.
    pub(crate) fn left_out(&mut self, left_out: Option<&LeftOut>) {
        let first = left_out.and_then(|left_out| left_out.items.first());
        let Some((LeftOut { count, .. }, LeftOutItem { name, reason })) = left_out.zip(first)
        else {
            return;
        };
        // A server's answer may hold anything.
        let (name, reason) = (on_one_line(name, SHOWN), on_one_line(reason, REASON));
        self.miss(match count {
            1 => format!("container `{name}` is left out: {reason}"),
            _ => format!("{count} containers are left out, such as `{name}`: {reason}"),
        });
    }

    /// Adds that the server heard another machine with this host's token, which ends what runs here.
    pub(crate) fn cloned(&mut self, host: &str, since: Option<Timestamp>) {
        let Some(since) = since else {
            return;
        };
        let host = on_one_line(host, REASON);
        self.miss(format!(
            "another machine reports as host {host} too, since {since} at the latest, and each ends what the \
             other runs: run `assetctl host reset {host}`, then enroll each machine as a host of its own"
        ));
    }

    /// Adds the containers that don't fit into a report.
    pub(crate) fn too_many(&mut self, containers: &[ReportedContainer]) {
        let Some(first) = containers.first() else {
            return;
        };
        let (name, most) = (
            on_one_line(&first.name, SHOWN),
            bounds::FULL_REPORT_BODY >> 20,
        );
        let count = containers.len();
        self.miss(format!(
            "{count} containers are left out, such as `{name}`: a report takes at most {most} MiB"
        ));
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

    /// The container of this ID in a store.
    pub(crate) fn by_id(&self, store: usize, id: &str) -> Option<&Listed> {
        let mut listed = self.of(store);
        listed.find(|listed| listed.id == id)
    }

    /// The containers of a store.
    pub(crate) fn of(&self, store: usize) -> impl Iterator<Item = &Listed> {
        let here = self
            .containers
            .iter()
            .filter(move |(number, _)| *number == store);
        here.map(|(_, listed)| listed)
    }

    /// The store with a running container on `image`; no other image is ever mounted.
    pub(crate) fn store_of(&self, image: &ImageDigest) -> Option<usize> {
        let runs = |listed: &Listed| listed.running && listed.container.image_digest == *image;
        let found = self.containers.iter().find(|(_, listed)| runs(listed));
        found.map(|(store, _)| *store)
    }
}

#[cfg(test)]
mod tests {
    use proto_types::{LeftOut, LeftOutItem};

    use super::Seen;

    #[test]
    fn what_is_left_out_is_named_and_counted_and_steers_no_terminal() {
        let left_out = |count| {
            let mut seen = Seen::default();
            let item = LeftOutItem {
                name: "\u{1b}x".to_owned(),
                reason: "its name is odd".to_owned(),
            };
            seen.left_out(Some(&LeftOut {
                count,
                items: vec![item],
            }));
            seen.why_incomplete().unwrap_or_default()
        };
        assert_eq!(
            left_out(1),
            "container `\\x1bx` is left out: its name is odd"
        );
        assert_eq!(
            left_out(2),
            "2 containers are left out, such as `\\x1bx`: its name is odd"
        );
    }

    #[test]
    fn nothing_is_missing_where_nothing_was_left_out() {
        let mut seen = Seen::default();
        seen.left_out(None);
        seen.too_many(&[]);
        assert_eq!(seen.why_incomplete(), None);
    }
}
