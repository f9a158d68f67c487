//! What was seen when podman was asked what runs.

use proto_types::ImageDigest;

use crate::podman::{Listed, PodmanError};

/// What was seen.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// The containers, with the number of the store that each is in.
    pub(crate) containers: Vec<(usize, Listed)>,
    /// Why it isn't all, for each store that couldn't be listed.
    pub(crate) unlisted: Vec<String>,
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
        listed: Result<Vec<Listed>, PodmanError>,
    ) {
        match listed {
            Ok(listed) => {
                let numbered = listed.into_iter().map(|one| (number, one));
                self.containers.extend(numbered);
            }
            Err(error) => {
                let line = format!("{store} can't be listed: {error}");
                tracing::error!("{line}");
                self.unlisted.push(line);
            }
        }
    }

    /// The store with a running container on `image`; no other image is ever mounted.
    pub(crate) fn store_of(&self, image: &ImageDigest) -> Option<usize> {
        let runs = |listed: &Listed| listed.running && listed.container.image_digest == *image;
        let found = self.containers.iter().find(|(_, listed)| runs(listed));
        found.map(|(store, _)| *store)
    }
}
