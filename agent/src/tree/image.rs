//! An image's tree, opened once, so that it is the same one from the beginning to the end.

use std::{
    fs,
    os::{fd::OwnedFd, unix::fs::MetadataExt},
    path::{Path, PathBuf},
};

use super::within;
use rustix::{
    fs::{Mode, OFlags, open},
    io::Errno,
};

/// An image's tree.
#[derive(Debug)]
pub(crate) struct Tree {
    path: PathBuf,
    pub(super) root: OwnedFd,
    before: Identity,
}

/// Which folder a path names at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity {
    device: u64,
    inode: u64,
}

impl Identity {
    fn of(path: &Path) -> std::io::Result<Self> {
        let metadata = fs::symlink_metadata(path)?;
        if !metadata.is_dir() {
            return Err(Errno::NOTDIR.into());
        }
        Ok(Self {
            device: metadata.dev(),
            inode: metadata.ino(),
        })
    }
}

impl Tree {
    /// The tree at `path`.
    ///
    /// # Errors
    /// There is no folder, or it can't be looked into.
    pub(crate) fn open(path: &Path) -> std::io::Result<Self> {
        let before = Identity::of(path)?;
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self {
            path: path.to_owned(),
            root: open(path, flags, Mode::empty())?,
            before,
        })
    }

    /// Whether there is anything at `path`.
    ///
    /// # Errors
    /// It can't be looked into.
    pub(crate) fn has(&self, path: &Path) -> std::io::Result<bool> {
        Ok(within::find(&self.root, path)?.is_some())
    }

    /// The regular file at `path`, opened for reading, if there is one.
    ///
    /// # Errors
    /// It can't be looked into, or not read.
    pub(crate) fn read(&self, path: &Path) -> std::io::Result<Option<fs::File>> {
        match within::find(&self.root, path)? {
            Some(found) => Ok(within::read(&found)?),
            None => Ok(None),
        }
    }

    /// Whether its path still names the same folder: no other mount and no other folder can have the
    /// numbers of this one while it is open.
    pub(crate) fn is_there(&self) -> bool {
        Identity::of(&self.path).ok() == Some(self.before)
    }
}
