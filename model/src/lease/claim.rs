//! Who may speak for a lease: an upload and a failure are taken from its holder alone.

use super::scan::Scan;

/// What an upload or a failure says of the lease that it was made under.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeaseClaim {
    /// The lease, where it is named.
    pub lease: Option<String>,
    /// Its generation, where it is named.
    pub generation: Option<u64>,
}

/// Why a claim is not good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotClaimed {
    /// A newer lease was granted.
    #[error("the lease is superseded: generation {current} has been granted")]
    Superseded {
        /// The newest generation.
        current: u64,
    },
    /// The host never got such a lease.
    #[error("the host holds no such lease")]
    NotHeld,
}

impl LeaseClaim {
    /// The scan that a host claims the lease of, among the image's. The current generation is
    /// good even if it has run out: the work is done.
    ///
    /// # Errors
    /// [`NotClaimed`].
    pub fn check(&self, scan: Option<Scan>, host: i64) -> Result<Scan, NotClaimed> {
        let scan = scan.ok_or(NotClaimed::NotHeld)?;
        let current = scan.generation;
        let is_holders = scan.can_be_claimed()
            && scan.host == host
            && self.lease.as_ref().is_none_or(|lease| *lease == scan.lease);
        match self.generation {
            Some(generation) if generation < current => Err(NotClaimed::Superseded { current }),
            Some(generation) if generation > current => Err(NotClaimed::NotHeld),
            _ if is_holders => Ok(scan),
            _ => Err(NotClaimed::NotHeld),
        }
    }
}
