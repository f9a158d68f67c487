//! What people write: terms, names and lists of them, times, and the word that was meant by one that isn't known.

pub(crate) mod choice;
mod line;
pub(crate) mod names;
pub(crate) mod package_file;
pub(crate) mod pattern;
pub(crate) mod shell;
pub(crate) mod suggest;
pub(crate) mod terms;
pub(crate) mod times;
