//! A failed scan, as far as it can be taken.

use proto_types::{FailureCause, ScanFailure};

use super::{names::cut, refused::Refused};
use crate::{
    bounds,
    lease::{Failure, LeaseClaim},
};

/// The failure, and what it claims of the lease that it happened under.
///
/// # Errors
/// [`Refused`] where it says what only the server can know.
pub fn scan_failure(failure: ScanFailure) -> Result<(LeaseClaim, Failure), Refused> {
    if failure.cause == FailureCause::Expired {
        return Err(Refused(
            "`cause` must be `image` or `environment`: only the server sees a lease expire"
                .to_owned(),
        ));
    }
    let claim = LeaseClaim {
        lease: failure.lease,
        generation: failure.generation,
    };
    let failure = Failure {
        cause: failure.cause,
        message: failure.message.chars().take(bounds::MESSAGE).collect(),
        scanner: failure.scanner.map(cut),
    };
    Ok((claim, failure))
}
