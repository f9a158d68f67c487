//! What is known of the scanner since it was tried last.

use std::{fs, io};

use serde::{Deserialize, Serialize};

use super::{atomic, folder::StateFolder};

/// A scanner that worked when it was tried last.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KnownScanner {
    /// Which program it was.
    pub(crate) program: Vec<String>,
    /// What it called itself: `syft 1.18.1`.
    pub(crate) name: String,
    /// When that was, in seconds since 1970.
    pub(crate) tried_at: u64,
}

impl KnownScanner {
    /// What is known; nothing where there is no such file, or it makes no sense: then the scanner is
    /// tried anew.
    pub(crate) fn load(folder: &StateFolder) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.path().join(FILE)).ok()?).ok()
    }

    /// Remembers it.
    ///
    /// # Errors
    /// The file can't be written.
    pub(crate) fn save(&self, folder: &StateFolder) -> io::Result<()> {
        atomic::write(&folder.path().join(FILE), &serde_json::to_vec(self)?)
    }

    /// Forgets it.
    pub(crate) fn forget(folder: &StateFolder) {
        let _ = fs::remove_file(folder.path().join(FILE));
    }
}

const FILE: &str = "scanner";
