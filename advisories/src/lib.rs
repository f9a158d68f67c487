//! Reads what feeds of advisories publish, one record at a time.
//!
//! Feeds are dirty, and files may be hostile: each thing that is skipped is named with its reason, and
//! the rest is read. Only what makes a whole input unreliable, an archive that is cut off, is an
//! error. Nothing is held in memory but one record.
//!
//! - [`osv::read`] makes an [`model::advisory::Advisory`] of the bytes of one OSV record, and
//!   [`osv::write`] the record of one.
//! - [`input`] finds the records of a stream, an archive or a folder.
//! - [`kev`] and [`epss`] say how urgent a CVE is, [`vex`] what a vendor states of it.
//! - [`begun`] and [`Document`] tell by its content what an input is.
//! - [`Tally`] counts what was read and skipped.

pub mod begun;
mod bounded;
mod document;
pub mod epss;
pub mod input;
pub mod kev;
pub mod osv;
mod skipped;
mod tally;
mod text;
pub mod vex;

pub use document::Document;
pub use skipped::{Reason, Skipped};
pub use tally::Tally;
