//! An image's tree, looked at without ever leaving it: a hostile image has links that lead out and
//! files that block.

use std::{ffi::CString, fs, os::fd::OwnedFd, os::unix::fs::MetadataExt, path::Path};

use rustix::{
    fs::{Dir, FileType, Mode, OFlags, ResolveFlags, fstat, open, openat2},
    io::{Errno, Result},
};

/// The package databases that syft's catalogers for images read, by the type of the artifacts in
/// them.
const DATABASES: [(&str, &[&str]); 3] = [
    ("deb", &["var/lib/dpkg/status"]),
    ("apk", &["lib/apk/db/installed", "usr/lib/apk/db/installed"]),
    (
        "rpm",
        &[
            "var/lib/rpm/rpmdb.sqlite",
            "var/lib/rpm/Packages",
            "var/lib/rpm/Packages.db",
            "usr/lib/sysimage/rpm/rpmdb.sqlite",
            "usr/lib/sysimage/rpm/Packages",
            "usr/lib/sysimage/rpm/Packages.db",
            "usr/share/rpm/rpmdb.sqlite",
        ],
    ),
];

/// Where images without a package manager keep a file for each package.
const DPKG_PIECES: &str = "var/lib/dpkg/status.d";

/// A package database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Database {
    /// The type of the artifacts in it.
    pub(crate) artifacts: &'static str,
    /// Where it is in the tree.
    pub(crate) path: &'static str,
}

/// Which folder a path names at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Identity {
    device: u64,
    inode: u64,
}

impl Identity {
    /// The identity of the folder at `path`, where there is one.
    pub(crate) fn of(path: &Path) -> std::io::Result<Self> {
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

/// The package databases of the tree at `root` that hold anything; one of each type.
///
/// # Errors
/// The tree can't be looked into.
pub(crate) fn databases(root: &Path) -> std::io::Result<Vec<Database>> {
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let root = open(root, flags, Mode::empty())?;
    let mut found = Vec::new();
    for (artifacts, paths) in DATABASES {
        for path in paths.iter().copied() {
            if has_content(&root, path)? {
                found.push(Database { artifacts, path });
                break;
            }
        }
    }
    let dpkg = found.iter().any(|database| database.artifacts == "deb");
    if !dpkg && has_pieces(&root)? {
        found.push(Database {
            artifacts: "deb",
            path: DPKG_PIECES,
        });
    }
    Ok(found)
}

/// Whether `path` is a file that holds anything.
fn has_content(root: &OwnedFd, path: &str) -> Result<bool> {
    // A path alone is opened, never the file: opening a FIFO would wait for its other end.
    let Some(file) = resolve(root, path, OFlags::PATH)? else {
        return Ok(false);
    };
    let stat = fstat(file)?;
    Ok(FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile && stat.st_size > 0)
}

fn has_pieces(root: &OwnedFd) -> Result<bool> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NONBLOCK;
    let Some(folder) = resolve(root, DPKG_PIECES, flags)? else {
        return Ok(false);
    };
    for entry in Dir::read_from(folder)? {
        let name: CString = entry?.file_name().to_owned();
        let name = name.to_bytes();
        if !name.starts_with(b".") && !name.ends_with(b".md5sums") {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Opens `path` as a process inside the tree would find it: links start again at `root` and can't
/// climb over it.
fn resolve(root: &OwnedFd, path: &str, flags: OFlags) -> Result<Option<OwnedFd>> {
    let within = ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS;
    match openat2(root, path, flags | OFlags::CLOEXEC, Mode::empty(), within) {
        Ok(file) => Ok(Some(file)),
        Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP | Errno::NAMETOOLONG) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::{fs, os::unix::fs::symlink, path::Path};

    use rustix::fs::{CWD, FileType, Mode, mknodat};

    use super::{Database, databases};

    fn write(root: &Path, path: &str, content: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn found(root: &Path) -> Vec<&'static str> {
        let databases = databases(root).unwrap().into_iter();
        databases
            .map(|Database { artifacts, .. }| artifacts)
            .collect()
    }

    #[test]
    fn a_database_that_holds_something_is_found() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "lib/apk/db/installed", "P:musl");
        write(root.path(), "usr/lib/sysimage/rpm/rpmdb.sqlite", "x");
        write(root.path(), "var/lib/dpkg/status.d/base", "Package: base");
        assert_eq!(found(root.path()), ["apk", "rpm", "deb"]);
    }

    #[test]
    fn an_empty_database_expects_nothing() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "var/lib/dpkg/status", "");
        write(root.path(), "var/lib/dpkg/status.d/base.md5sums", "x");
        assert!(found(root.path()).is_empty());
    }

    #[test]
    fn links_stay_in_the_tree() {
        let root = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        write(outside.path(), "status", "Package: outside");
        fs::create_dir_all(root.path().join("var/lib")).unwrap();
        symlink(outside.path(), root.path().join("var/lib/dpkg")).unwrap();
        assert!(found(root.path()).is_empty());

        write(root.path(), "elsewhere/status", "Package: inside");
        fs::remove_file(root.path().join("var/lib/dpkg")).unwrap();
        symlink("/elsewhere", root.path().join("var/lib/dpkg")).unwrap();
        assert_eq!(found(root.path()), ["deb"]);
    }

    #[test]
    fn neither_a_fifo_nor_a_loop_blocks() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("var/lib/dpkg")).unwrap();
        let fifo = root.path().join("var/lib/dpkg/status");
        mknodat(CWD, &fifo, FileType::Fifo, Mode::RUSR, 0).unwrap();
        symlink("status.d", root.path().join("var/lib/dpkg/status.d")).unwrap();
        assert!(found(root.path()).is_empty());
    }
}
