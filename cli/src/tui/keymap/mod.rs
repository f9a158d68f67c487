//! Which key does what: the one table from which keys, palette, help and documentation are made.

mod action;
mod docs;
mod key;
mod map;

pub(crate) use action::{Action, BINDINGS, Binding, Group};
#[cfg(test)]
pub(crate) use docs::markdown;
pub(crate) use docs::{manual, table};
pub(crate) use key::Key;
pub(crate) use map::Keymap;
