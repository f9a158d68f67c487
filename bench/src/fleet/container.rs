//! A container that runs on a host of the fleet.

/// A container that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Container {
    /// Its name on its host.
    pub name: String,
    /// Its image.
    pub image: u32,
}
