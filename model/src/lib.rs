//! The rules of assetmon, pure: no I/O, no SQL and no clock of their own.
//!
//! Server, agent, client and assetctl read their rules here, so that no rule has a second home.
//! A rule that depends on the time is told it.

pub mod accept;
pub mod advisory;
pub mod advisory_id;
pub mod age;
pub mod artifact_type;
pub mod artifacts;
pub mod bounds;
pub mod condition;
pub mod cover;
pub mod detail;
pub mod diff;
pub mod distro;
mod epoch;
pub mod examples;
pub mod expiry;
pub mod exposure;
pub mod feed_age;
pub mod fields;
pub mod ids;
pub mod lease;
pub mod licenses;
pub mod machines;
pub mod moment;
pub mod presence;
pub mod proof;
pub mod purl;
pub mod reference;
pub mod room;
pub mod runs;
pub mod sbom;
pub mod shown;
pub mod side;
pub mod source;
pub mod steady;
pub mod tally;
pub mod text;
pub mod unseen;
pub mod urgency;
pub mod verdict;
pub mod vex;
