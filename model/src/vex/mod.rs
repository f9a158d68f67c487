//! VEX: what a vendor states of a vulnerability in a product of theirs, by OpenVEX 0.2.
//!
//! A statement holds for an artifact where it is about the vulnerability and the product is the artifact
//! itself, by package URL, or the image that it is in, by digest. A product that is named in no way that
//! an image or an artifact can be held against, an image by its name alone, is nobody's: what
//! can't be proven to be meant isn't excused.

mod fits;
mod statement;

pub use fits::{Place, ids, stated};
pub use statement::{Component, Product, Statement, Status};

#[cfg(test)]
mod tests;
