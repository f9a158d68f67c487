//! The files that a program reads.

use std::{fs, os::unix::ffi::OsStrExt, path::Path};

use super::usage;

/// Whether a process, or one that it started, has a file open that has no name any more.
pub(super) fn any_is_gone(leader: i32) -> bool {
    usage::family(leader).into_iter().any(|process| {
        let files = fs::read_dir(format!("/proc/{process}/fd"));
        let mut files = files.into_iter().flatten().flatten();
        files.any(|file| fs::read_link(file.path()).is_ok_and(|path| is_gone(&path)))
    })
}

/// As the kernel says it. What never had a name in a file system isn't meant.
fn is_gone(path: &Path) -> bool {
    let path = path.as_os_str().as_bytes();
    path.ends_with(b" (deleted)") && path.starts_with(b"/") && !path.starts_with(b"/memfd:")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::is_gone;

    #[test]
    fn only_what_had_a_name_can_be_gone() {
        assert!(is_gone(Path::new("/run/events.log (deleted)")));
        for there in ["/run/events.log", "/memfd:x (deleted)", "socket:[1]", ""] {
            assert!(!is_gone(Path::new(there)), "{there}");
        }
    }
}
