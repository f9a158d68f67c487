//! The folder in which each scan has one of its own, and which of those were left.

use std::{
    ffi::OsStr,
    fs::{self, DirBuilder},
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use super::own;

/// What a scan's folder holds.
const PARTS: [&str; 3] = ["work", "mount", "group"];

/// The folder of all scans. The first scan makes it.
#[derive(Debug, Clone)]
pub(crate) struct Scans {
    path: PathBuf,
    /// Where the first release had it, under a name that is anyone's.
    former: PathBuf,
}

impl Scans {
    /// The one in this state folder.
    pub(super) fn of(state: &Path) -> Self {
        Self {
            path: state.join("scans-assetmon"),
            former: state.join("tmp"),
        }
    }

    /// A new folder for a scan, by a name that begins with `name`, which is 12 hexadecimal digits.
    ///
    /// # Errors
    /// There is no room, or the folder of all scans isn't the agent's.
    pub(crate) fn create(&self, name: &str) -> io::Result<PathBuf> {
        let mut builder = DirBuilder::new();
        builder.mode(0o700);
        match builder.create(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        own::judge(&self.path, |_| false)?.map_err(|why| self.foreign(&why))?;
        own::mark(&self.path)?;
        // What an earlier scan of the same image left is still needed where its mount is.
        let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
        for number in 0..10 {
            let suffix = (number > 0).then(|| format!("-{number}"));
            let path = self
                .path
                .join(format!("{name}{}", suffix.unwrap_or_default()));
            match builder.create(&path) {
                Ok(()) => return Ok(path),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
                Err(error) => return Err(error),
            }
        }
        Err(last)
    }

    /// The folders of scans that are there, also where the first release had them.
    pub(crate) fn left(&self) -> Vec<PathBuf> {
        let ours = match own::judge(&self.path, |_| false) {
            Ok(Ok(())) => folders(&self.path),
            Ok(Err(why)) => {
                tracing::warn!("{}", self.foreign(&why));
                Vec::new()
            }
            // Nothing was ever scanned here, or it can't be read: scans will say why.
            Err(_) => Vec::new(),
        };
        let former = folders(&self.former);
        let former = former.into_iter().filter(|path| holds_a_scan(path));
        ours.into_iter().chain(former).collect()
    }

    /// Removes the first release's folder once there is nothing in it.
    pub(crate) fn remove_former(&self) {
        let _ = fs::remove_dir(&self.former);
    }

    fn foreign(&self, why: &own::Foreign) -> io::Error {
        io::Error::other(format!("{} is not the agent's: {why}", self.path.display()))
    }
}

/// The folders of scans in `folder`, by their names.
fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    // The type is the entry's own: no link is followed.
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders
        .filter(|entry| is_a_scans_name(&entry.file_name()))
        .map(|entry| entry.path())
        .collect()
}

/// Whether this is how [`Scans::create`] names folders.
fn is_a_scans_name(name: &OsStr) -> bool {
    let Some(name) = name.to_str() else {
        return false;
    };
    let (digits, number) = name.split_once('-').unwrap_or((name, "1"));
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    digits.len() == 12 && digits.bytes().all(is_hex) && matches!(number.as_bytes(), [b'1'..=b'9'])
}

/// Whether a folder holds what a scan's does, and nothing else.
fn holds_a_scan(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    let names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
    let known = |name: &OsStr| PARTS.iter().any(|part| name == *part);
    names.iter().any(|name| name == "work") && names.iter().all(|name| known(name))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::fs;

    use super::{Scans, own};

    #[test]
    fn only_what_is_named_as_a_scan_is_found_again() {
        let root = tempfile::tempdir().unwrap();
        let scans = Scans::of(root.path());
        let made = scans.create("0a0a0a0a0a0a").unwrap();
        let again = scans.create("0a0a0a0a0a0a").unwrap();
        for stray in [
            "precious",
            "0A0A0A0A0A0A",
            "0a0a0a0a0a0a-x",
            "0a0a0a0a0a0a-11",
        ] {
            fs::create_dir(scans.path.join(stray)).unwrap();
        }
        fs::write(scans.path.join("0b0b0b0b0b0b"), "a file").unwrap();
        let mut left = scans.left();
        left.sort();
        assert_eq!(left, [made, again]);
    }

    #[test]
    fn a_folder_without_the_marker_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        let scans = Scans::of(root.path());
        scans.create("0a0a0a0a0a0a").unwrap();
        fs::remove_file(scans.path.join(own::MARKER)).unwrap();
        assert!(scans.left().is_empty());
        let error = scans.create("0b0b0b0b0b0b").unwrap_err().to_string();
        assert!(error.contains("is not the agent's"), "{error}");
    }

    #[test]
    fn what_the_first_release_left_is_found_and_nothing_else_of_tmp() {
        let root = tempfile::tempdir().unwrap();
        let scans = Scans::of(root.path());
        for path in [
            "0a0a0a0a0a0a/work",
            "0b0b0b0b0b0b/work",
            "0b0b0b0b0b0b/src",
            "0c0c0c0c0c0c",
        ] {
            fs::create_dir_all(scans.former.join(path)).unwrap();
        }
        fs::write(scans.former.join("0a0a0a0a0a0a/mount"), "{}").unwrap();
        assert_eq!(scans.left(), [scans.former.join("0a0a0a0a0a0a")]);
        scans.remove_former();
        assert!(scans.former.exists());
    }
}
