//! What the agent remembers from one run to the next.

mod atomic;
mod enrollment;
mod error;
mod folder;
mod lock;
mod own;
mod scanner;
mod scans;
mod seq;

pub(crate) use enrollment::Enrollment;
pub(crate) use error::StateError;
pub(crate) use folder::StateFolder;
pub(crate) use lock::Lock;
pub(crate) use scanner::KnownScanner;
pub(crate) use scans::Scans;
pub(crate) use seq::Seq;
