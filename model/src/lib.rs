//! The rules of assetmon, pure: no I/O, no SQL and no clock of their own.
//!
//! Server, agent, client and assetctl read their rules here, so that no rule has a second home.
//! A rule that depends on the time is told it.

pub mod accept;
pub mod bounds;
pub mod detail;
pub mod lease;
pub mod presence;
pub mod proof;
pub mod sbom;
pub mod source;
