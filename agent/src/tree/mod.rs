//! An image's tree, looked at without ever leaving it: a hostile image has links that lead out and
//! files that block.

mod databases;
mod entries;
mod image;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests;
mod within;

pub(crate) use databases::{Databases, is_no_piece};
pub(crate) use entries::Entry;
pub(crate) use image::Tree;
