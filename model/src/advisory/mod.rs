//! Advisories: which versions of which packages are vulnerable, as a record of a feed says it.
//!
//! A record is read elsewhere and held here in the words of the OSV schema, without what no verdict
//! needs. `crate::verdict` says what it means for an artifact, [`keys`] by which names the artifacts
//! are found that it may speak of, [`Links`] which records speak of a CVE, [`Vulnerabilities`] how many
//! a set of records is about and who speaks of which.

mod ecosystem;
mod family;
mod keys;
mod links;
pub(crate) mod major;
mod module;
mod named;
mod range;
mod record;
mod ties;
mod vulnerabilities;

pub use ecosystem::Ecosystem;
pub use family::Family;
pub use keys::{Key, keys, keys_of, other_keys};
pub use links::{Links, leads};
pub use module::Module;
pub(crate) use module::{begins, is_modular};
pub(crate) use named::{Maven, Named, of_package};
pub use range::{Event, Range};
pub use record::{Advisory, Affected, Known, Severity};
pub use vulnerabilities::Vulnerabilities;

#[cfg(test)]
mod tests;
