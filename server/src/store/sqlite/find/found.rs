//! An artifact that fits, with the images that hold it and count.

use crate::store::Result;

use super::{
    candidates::Candidate,
    scope::{Held, Scope},
};

/// An artifact that fits.
pub struct Found {
    /// The artifact.
    pub candidate: Candidate,
    /// What holds it.
    pub held: Held,
}

impl Found {
    /// Looks up the images of an artifact.
    pub fn new(scope: &mut Scope<'_>, candidate: Candidate) -> Result<Self> {
        let held = scope.images(candidate.id)?;
        Ok(Self { candidate, held })
    }
}
