//! What a condition matches: one `field op value` of a question, made ready to be tried on many
//! artifacts and texts. The server's `find` and the TUI's own filter both match by these.
//!
//! - Text compares character by character, and case counts. A field that isn't known is the empty
//!   text.
//! - `lt le gt ge` order `version` and `source_version` as the artifact's own ecosystem does (see
//!   [`crate::age`]). What has no version is neither older nor newer.
//! - `purl eq` and `purl ne` compare the packages that are meant (see [`crate::purl`]).

mod any;
mod glob;
mod one;
mod pattern;
mod together;
mod unusable;

pub use any::AnyOf;
pub use glob::SIGNS as GLOB_SIGNS;
pub use one::Condition;
pub use pattern::Room;
pub use together::contradiction;
pub use unusable::Unusable;

#[cfg(test)]
mod tests;
