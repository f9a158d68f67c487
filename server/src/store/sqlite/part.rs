//! A file that is written beside another one, and is gone where it doesn't become it.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use crate::store::{Result, StoreError};

/// What stands behind the names of the files that SQLite may make for a database.
const BESIDE: [&str; 4] = ["", "-journal", "-wal", "-shm"];

/// The file, which is gone when this is.
pub struct Part(PathBuf);

impl Part {
    /// The one of a file, with another ending of its name. Where there is one already, nobody needs it any
    /// more.
    ///
    /// # Errors
    /// [`StoreError`] where that can't be removed.
    pub fn beside(file: &Path, ending: &str) -> Result<Self> {
        let part = Self(file.with_extension(ending));
        part.remove().map_err(io)?;
        Ok(part)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    fn remove(&self) -> std::io::Result<()> {
        for beside in BESIDE {
            let mut name = self.0.clone().into_os_string();
            name.push(beside);
            match fs::remove_file(name) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if let Err(error) = self.remove() {
            tracing::warn!(%error, "what is left of a file that was being written can't be removed");
        }
    }
}

/// What an error of a file means to the rest of the server.
pub fn io(error: std::io::Error) -> StoreError {
    match error.kind() {
        ErrorKind::StorageFull => StoreError::Full,
        _ => StoreError::Engine(Box::new(error)),
    }
}
