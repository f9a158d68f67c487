//! The machine's files as they are asked here: read up to a bound, and what can't be read is nothing.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{self, Read},
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
};

/// Where a machine's files are.
#[derive(Debug, Clone)]
pub(crate) struct Machine {
    root: PathBuf,
}

impl Machine {
    /// This one.
    pub(crate) fn this() -> Self {
        Self::at(Path::new("/"))
    }

    /// One whose root is there.
    pub(super) fn at(root: &Path) -> Self {
        let root = root.to_owned();
        Self { root }
    }

    /// Where the file of this absolute path is.
    pub(super) fn path(&self, path: impl AsRef<OsStr>) -> PathBuf {
        let bytes = path.as_ref().as_bytes();
        let from_root = bytes.strip_prefix(b"/").unwrap_or(bytes);
        self.root.join(OsStr::from_bytes(from_root))
    }

    /// The first `most` bytes of a file of the system's own.
    ///
    /// # Errors
    /// It isn't there, or can't be read.
    pub(super) fn read(&self, path: impl AsRef<OsStr>, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let file = File::open(self.path(path))?;
        file.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// What one look at a file of the kernel's shows, as far as `most` has room.
    ///
    /// # Errors
    /// As [`Machine::read`].
    pub(super) fn glance<'a>(&self, path: &str, most: &'a mut [u8]) -> io::Result<&'a [u8]> {
        let length = File::open(self.path(path))?.read(most)?;
        Ok(most.get(..length).unwrap_or_default())
    }

    /// The first bytes of a file as text; none where it can't be read.
    pub(super) fn text(&self, path: &str, most: u64) -> Option<String> {
        match self.read(path, most) {
            Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            Err(error) => {
                tracing::debug!("{path} can't be read: {error}");
                None
            }
        }
    }

    /// The names in one of its folders that are numbers.
    pub(super) fn numbers(&self, folder: &str) -> impl Iterator<Item = u32> {
        let entries = fs::read_dir(self.path(folder));
        let entries = entries.into_iter().flatten().flatten();
        entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
    }
}
