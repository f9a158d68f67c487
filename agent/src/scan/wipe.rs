//! Removing what a scan wrote, whatever rights it has and whoever still writes there.

use std::{
    fs::{self, Permissions},
    io,
    os::unix::fs::PermissionsExt,
    path::Path,
    time::Duration,
};

/// How often wiping is tried: what was killed a moment ago may still write.
const TRIES: u32 = 20;

/// Removes a folder or a file, whatever rights it was given and whoever still writes into it.
pub(super) fn wipe(path: &Path) -> io::Result<()> {
    let mut last = Ok(());
    for _ in 0..TRIES {
        let folder = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir());
        last = if folder {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
        match &last {
            Ok(()) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => open_up(path),
            Err(_) => std::thread::sleep(Duration::from_millis(25)),
        }
    }
    last
}

/// Gives the owner every right on the folders below `path`: an unpacked archive may have taken
/// them.
fn open_up(path: &Path) {
    let mut waiting = vec![path.to_owned()];
    while let Some(folder) = waiting.pop() {
        let _ = fs::set_permissions(&folder, Permissions::from_mode(0o700));
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        // The type is the entry's own: no link is followed.
        let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
        waiting.extend(folders.map(|entry| entry.path()));
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn giving_rights_follows_no_link() {
        let root = tempfile::tempdir().unwrap();
        let outside = root.path().join("outside");
        let inside = root.path().join("inside");
        fs::create_dir(&outside).unwrap();
        fs::create_dir(&inside).unwrap();
        fs::set_permissions(&outside, Permissions::from_mode(0o500)).unwrap();
        symlink(&outside, inside.join("link")).unwrap();
        open_up(&inside);
        let mode = fs::metadata(&outside).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o500);
    }
}
