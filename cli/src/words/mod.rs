//! What people write: terms, lists of names, times, and the word that was meant by one that isn't known.

pub(crate) mod choice;
pub(crate) mod names;
pub(crate) mod suggest;
pub(crate) mod terms;
pub(crate) mod times;
