//! Leases: who scans which image, when it is given again, and what becomes of an upload.
//!
//! A lease saves work; it is not a correctness lock. A duplicate scan is harmless, a stale
//! overwrite or a false deletion is not. [`Scan`] is the state of one image's scan, and each of
//! its transitions says what to write; [`grant`] is what a host's report sets off; [`judge`] says
//! what becomes of an upload. Nothing here knows where the state is kept.

mod claim;
mod grants;
mod opinion;
mod rules;
mod scan;
mod scanners;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests;
mod upload;
mod withdraw;

pub use claim::{LeaseClaim, NotClaimed};
pub use grants::{Asker, Given, Granted, LEASES_PER_HOST, Lacks, Wanted, grant};
pub use opinion::{DRAWS, Opined, SecondOpinions};
pub use rules::LeaseRules;
pub use scan::{Change, Failed, Failure, Scan};
pub use scanners::{Scanners, has_one as has_scanner};
pub use upload::{Known, Upload, judge};
pub use withdraw::is_for_others;
