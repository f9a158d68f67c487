//! Where records stand: in a stream, an archive or a folder.
//!
//! - A stream of JSON: one record, a list of them, or one after the other (NDJSON).
//! - `.zip`, as OSV.dev publishes each ecosystem, and `.tar.gz`, of files of these.
//! - A folder of any of them.

mod archive;
mod broken;
mod files;
mod found;
mod member;
pub mod raw;
mod values;

pub use archive::{tar_gz, zip};
pub use broken::Broken;
pub use files::{path, stream};
pub use found::Found;
pub use values::{Value, values};
