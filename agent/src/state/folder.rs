//! The state folder: what the agent remembers from one run to the next, and nobody else may read.

use std::{
    ffi::OsStr,
    fs::{self, DirBuilder},
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use rustix::fs::{Access, access, statvfs};

use super::{atomic, error::StateError, own, scans::Scans};

/// What a state folder of the first release may hold, which set no marker.
const FORMER: [&str; 8] = [
    "token",
    "token.new",
    "seq",
    "seq.new",
    "lock",
    "cycle.lock",
    "probe",
    "probe.new",
];
/// What else is no stranger: the folder of scans of now, and what is in each new file system.
const BESIDE: [&str; 2] = ["scans-assetmon", "lost+found"];

/// The state folder.
#[derive(Debug, Clone)]
pub(crate) struct StateFolder(PathBuf);

impl StateFolder {
    /// The folder at `path` for whoever keeps something there: made if it isn't there, and marked as
    /// the agent's.
    ///
    /// # Errors
    /// [`StateError`]: it can't be made, or it isn't the agent's; then nothing in it has changed.
    pub(crate) fn open(path: &Path) -> Result<Self, StateError> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(io(path, "created"))?;
        let folder = Self::find(path)?;
        own::mark(folder.path()).map_err(io(path, "written"))?;
        Ok(folder)
    }

    /// The folder at `path` for whoever only looks: nothing is made or changed.
    ///
    /// # Errors
    /// [`StateError`]: it isn't there, or it isn't the agent's.
    pub(crate) fn find(path: &Path) -> Result<Self, StateError> {
        // Mount points and temporary files are handed to other programs: they must mean the same
        // everywhere.
        let folder = fs::canonicalize(path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => StateError::NoFolder(path.to_owned()),
            _ => io(path, "read")(source),
        })?;
        let is_former = ["token", "seq"]
            .iter()
            .any(|name| folder.join(name).exists());
        let known = |name: &OsStr| {
            let mut names = FORMER.iter().chain(&BESIDE);
            names.any(|known| name == *known) || (is_former && name == "tmp")
        };
        own::judge(&folder, known)
            .map_err(io(path, "read"))?
            .map_err(|why| StateError::Foreign(path.to_owned(), why))?;
        Ok(Self(folder))
    }

    /// The folder itself.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Where each scan has a folder of its own.
    pub(crate) fn scans(&self) -> Scans {
        Scans::of(&self.0)
    }

    /// Proves that something can be kept here, before anything that can't be had twice is asked
    /// for.
    ///
    /// # Errors
    /// [`StateError::Io`]: nothing can be.
    pub(crate) fn probe(&self) -> Result<(), StateError> {
        let path = self.0.join("probe");
        atomic::write(&path, &[0; 4096]).map_err(io(&path, "written"))?;
        fs::remove_file(&path).map_err(io(&path, "removed"))
    }

    /// Asks whether something could be kept here, and changes nothing.
    ///
    /// # Errors
    /// [`StateError::Io`]: nothing could be.
    pub(crate) fn is_writable(&self) -> Result<(), StateError> {
        let path = self.path();
        access(path, Access::READ_OK | Access::WRITE_OK | Access::EXEC_OK)
            .map_err(|errno| io(path, "written")(errno.into()))?;
        let room = statvfs(path).map_err(|errno| io(path, "read")(errno.into()))?;
        // Of files, some file systems have no number.
        let is_out_of_files = room.f_files > 0 && room.f_favail == 0;
        if room.f_bavail == 0 || is_out_of_files {
            return Err(io(path, "written")(io::ErrorKind::StorageFull.into()));
        }
        Ok(())
    }
}

/// What makes an error of the system one of the state folder's.
fn io(path: &Path, what: &'static str) -> impl Fn(io::Error) -> StateError {
    let path = path.to_owned();
    move |source| {
        let path = path.clone();
        StateError::Io { path, what, source }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::{
        fs::{self, Permissions},
        os::unix::fs::PermissionsExt,
        path::Path,
    };

    use super::StateFolder;

    fn close(path: &Path) {
        fs::set_permissions(path, Permissions::from_mode(0o700)).unwrap();
    }

    #[test]
    fn a_folder_of_strangers_is_named_and_left_as_it_is() {
        let root = tempfile::tempdir().unwrap();
        close(root.path());
        fs::create_dir_all(root.path().join("tmp/precious")).unwrap();
        let error = StateFolder::open(root.path()).unwrap_err().to_string();
        assert!(error.contains("holds `tmp`"), "{error}");
        assert!(error.contains("--state-dir"), "{error}");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_of_the_first_release_gets_its_marker_from_who_writes() {
        let root = tempfile::tempdir().unwrap();
        close(root.path());
        for name in ["token", "seq", "lock", "cycle.lock"] {
            fs::write(root.path().join(name), "").unwrap();
        }
        fs::create_dir(root.path().join("tmp")).unwrap();
        StateFolder::find(root.path()).unwrap();
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 5);
        StateFolder::open(root.path()).unwrap();
        // From now on it is known by the marker, whatever else comes in.
        fs::write(root.path().join("notes"), "").unwrap();
        StateFolder::open(root.path()).unwrap();
    }

    #[test]
    fn a_folder_that_others_can_open_keeps_its_mode() {
        let root = tempfile::tempdir().unwrap();
        for mode in [0o755, 0o1777, 0o710] {
            fs::set_permissions(root.path(), Permissions::from_mode(mode)).unwrap();
            let error = StateFolder::open(root.path()).unwrap_err().to_string();
            assert!(error.contains("other users can open it"), "{error}");
            let after = fs::metadata(root.path()).unwrap().permissions().mode();
            assert_eq!(after & 0o7777, mode);
        }
    }

    #[test]
    fn who_only_looks_makes_no_folder() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("state");
        let error = StateFolder::find(&path).unwrap_err().to_string();
        assert!(error.contains("does not exist"), "{error}");
        assert!(!path.exists());
        StateFolder::open(&path).unwrap();
        StateFolder::find(&path).unwrap();
    }
}
