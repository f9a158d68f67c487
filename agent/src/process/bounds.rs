//! What a program may use.

use std::{path::PathBuf, time::Duration};

/// What a command may use.
#[derive(Debug, Clone)]
pub(crate) struct Bounds {
    /// How long it may take.
    pub(crate) time: Duration,
    /// How much it may print, in bytes.
    pub(crate) output: u64,
    /// How much memory it may use, in bytes, all its processes together.
    pub(crate) memory: Option<u64>,
    /// A folder, and how much space it may take there.
    pub(crate) space: Option<(PathBuf, u64)>,
}
