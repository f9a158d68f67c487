//! The fleet: which images there are and what is in them, which hosts, and what each runs in which cycle.
//!
//! Nothing of it is kept: each host and each image is computed from the seed when it is asked for,
//! so that a million hosts take no more memory than ten.

mod bases;
mod container;
mod hosts;
mod images;
mod projects;

use crate::{catalog::Catalog, shape::Shape};

pub use bases::BASES;
pub use container::Container;

/// A fleet.
pub struct Fleet {
    /// The numbers that it follows from.
    pub shape: Shape,
    /// The packages that its images may hold.
    pub catalog: Catalog,
}

impl Fleet {
    /// The fleet of this shape.
    #[must_use]
    pub fn new(shape: Shape) -> Self {
        Self {
            shape,
            catalog: Catalog::default(),
        }
    }
}
