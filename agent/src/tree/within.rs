//! Finding files in a tree as a process inside it would: links start again at its root, and nothing
//! leads out of it, whatever the image holds.

use std::{
    fs::File,
    os::{fd::AsRawFd, fd::OwnedFd, unix::ffi::OsStrExt},
    path::{Component, Path},
};

use rustix::{
    fs::{FileType, Mode, OFlags, ResolveFlags, fstat, open, openat, openat2, readlinkat},
    io::{Errno, Result},
};

/// So many links may a path lead through, as in the kernel.
const LINKS: u32 = 40;

/// The file or folder that `path` names in the tree at `root`, if there is one. It isn't opened:
/// opening a FIFO would wait for its other end.
pub(super) fn find(root: &OwnedFd, path: &Path) -> Result<Option<OwnedFd>> {
    let found = match at_once(root, path) {
        // The kernel is older than 5.6, or a filter of system calls is.
        Err(Errno::NOSYS | Errno::PERM) => step_by_step(root, path),
        found => found,
    };
    match found {
        Ok(file) => Ok(Some(file)),
        Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP | Errno::NAMETOOLONG) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Opens a regular file for reading; anything else is nothing to read.
pub(super) fn read(found: &OwnedFd) -> Result<Option<File>> {
    if FileType::from_raw_mode(fstat(found)?.st_mode) != FileType::RegularFile {
        return Ok(None);
    }
    let path = format!("/proc/self/fd/{}", found.as_raw_fd());
    let file = open(path, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?;
    Ok(Some(file.into()))
}

fn at_once(root: &OwnedFd, path: &Path) -> Result<OwnedFd> {
    let within = ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS;
    let flags = OFlags::PATH | OFlags::CLOEXEC;
    openat2(root, path, flags, Mode::empty(), within)
}

/// The same without the help of the kernel: each component by itself, links read and never followed.
pub(super) fn step_by_step(root: &OwnedFd, path: &Path) -> Result<OwnedFd> {
    let root = || openat(root, ".", OFlags::PATH | OFlags::CLOEXEC, Mode::empty());
    let mut above = vec![root()?];
    let mut steps = steps(path);
    let mut links = 0;
    while let Some(step) = steps.pop() {
        let Some(name) = step else {
            // Nothing is above the root.
            above.truncate(above.len().saturating_sub(1).max(1));
            continue;
        };
        let here = above.last().ok_or(Errno::NOENT)?;
        let flags = OFlags::PATH | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let found = openat(here, name.as_slice(), flags, Mode::empty())?;
        match FileType::from_raw_mode(fstat(&found)?.st_mode) {
            FileType::Symlink => {
                links += 1;
                if links > LINKS {
                    return Err(Errno::LOOP);
                }
                let target = readlinkat(&found, "", Vec::new())?;
                let target = Path::new(std::ffi::OsStr::from_bytes(target.as_bytes()));
                if target.is_absolute() {
                    above.truncate(1);
                }
                steps.extend(self::steps(target));
            }
            FileType::Directory => above.push(found),
            _ if steps.is_empty() => return Ok(found),
            _ => return Err(Errno::NOTDIR),
        }
    }
    above.pop().ok_or(Errno::NOENT)
}

/// The names of a path, the first one last; none stands for one up.
fn steps(path: &Path) -> Vec<Option<Vec<u8>>> {
    let steps = path.components().filter_map(|component| match component {
        Component::Normal(name) => Some(Some(name.as_bytes().to_owned())),
        Component::ParentDir => Some(None),
        _ => None,
    });
    let mut steps: Vec<_> = steps.collect();
    steps.reverse();
    steps
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::{fs, os::fd::OwnedFd, os::unix::fs::symlink, path::Path};

    use rustix::fs::fstat;

    use super::{at_once, step_by_step};

    /// What both ways find: the number of the file, or why there is none.
    fn both(root: &Path, path: &str) -> Result<u64, rustix::io::Errno> {
        let root: OwnedFd = fs::File::open(root).unwrap().into();
        let inode = |found: OwnedFd| fstat(found).unwrap().st_ino;
        let kernel = at_once(&root, Path::new(path)).map(inode);
        let own = step_by_step(&root, Path::new(path)).map(inode);
        assert_eq!(own, kernel, "{path}");
        own
    }

    #[test]
    fn without_the_kernels_help_a_path_leads_to_the_same_file_and_never_out() {
        let outside = tempfile::tempdir().unwrap();
        fs::create_dir(outside.path().join("root")).unwrap();
        let root = &outside.path().join("root");
        fs::write(outside.path().join("secret"), "x").unwrap();
        fs::create_dir_all(root.join("a/b")).unwrap();
        fs::write(root.join("a/b/file"), "x").unwrap();
        for (link, target) in [
            ("up", "../../../../secret"),
            ("out", outside.path().to_str().unwrap()),
            ("absolute", "/a/b"),
            ("relative", "a/./b"),
            ("a/back", ".."),
            ("a/b/chain", "../../absolute/file"),
            ("loop", "loop"),
            ("magic", "/proc/self/root/etc/passwd"),
        ] {
            symlink(target, root.join(link)).unwrap();
        }
        for there in [
            "a/b/file",
            "absolute/file",
            "relative/file",
            "a/back/a/b",
            "a/b/chain",
            ".",
        ] {
            both(root, there).unwrap();
        }
        for nowhere in [
            "up",
            "out/secret",
            "loop",
            "magic",
            "a/b/file/x",
            "none",
            "../secret",
            "a/b/chain/x",
        ] {
            both(root, nowhere).unwrap_err();
        }
        let whole = fs::metadata(root).unwrap();
        let top = std::os::unix::fs::MetadataExt::ino(&whole);
        assert_eq!(both(root, "../../a/back/.."), Ok(top));
    }
}
