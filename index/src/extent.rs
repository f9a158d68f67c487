//! How much something is about, artifacts aside.

/// How much something is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extent {
    /// Images.
    pub images: u64,
    /// Containers that run them.
    pub containers: u64,
    /// Hosts that run those.
    pub hosts: u64,
}
