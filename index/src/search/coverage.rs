//! How much can be known of what runs: the images by how far their SBOMs have come.

use proto_types::ScanStatus;

use super::look::Search;

/// Images of which a run counts, by what is known of what they hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Running {
    /// Nothing is known.
    pub without_sbom: u64,
    /// Something may be missing.
    pub partial: u64,
    /// All is known.
    pub complete: u64,
}

impl Search<'_> {
    /// The images that run at the time that is asked about, of the hosts that are, whatever they
    /// hold.
    #[must_use]
    pub fn running(&self) -> Running {
        let mut running = Running::default();
        for (number, image) in self.index.images.all() {
            if self.scope.containers(number) > 0 {
                let set = image.set_at(self.question.pin);
                match set.and_then(|set| set.status) {
                    None => running.without_sbom += 1,
                    Some(ScanStatus::Partial) => running.partial += 1,
                    Some(ScanStatus::Complete) => running.complete += 1,
                }
            }
        }
        running
    }
}
