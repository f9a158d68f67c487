//! What a withdrawn SBOM leaves behind: its image is to be scanned again, by another host first, and
//! no lease from before brings the SBOM back.

use super::scan::{Change, Scan};

impl Scan {
    /// The SBOM of the image, which this host had submitted, is withdrawn. Nothing counts against the
    /// image any more. A lease that another host works under goes on; any other is superseded, also
    /// one that something has come of: an upload is taken from the holder of the current one.
    pub fn withdraw(&self, submitter: Option<i64>) -> Change {
        let mut change = self.forgive();
        // It is the first scan of the image now.
        change.scan.opinion = false;
        if !self.open || Some(self.host) == submitter {
            change.scan.generation += 1;
            change.scan.lease.clear();
            change.scan.open = false;
        }
        change
    }

    /// Whether the last lease can be claimed: one that was superseded by a withdrawal is nobody's.
    pub(super) const fn can_be_claimed(&self) -> bool {
        !self.lease.is_empty()
    }
}

/// Whether an image is kept from a host whose SBOM of it was withdrawn: another one is to scan it,
/// where any runs it.
#[must_use]
pub const fn is_for_others(was_withdrawn: bool, others_run_it: bool) -> bool {
    was_withdrawn && others_run_it
}
