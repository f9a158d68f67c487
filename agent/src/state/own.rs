//! Which folders are the agent's own: it changes and removes nothing in any other.

use std::{
    ffi::OsStr,
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::Path,
};

use model::shown::on_one_line;

/// The file that says whose folder this is.
pub(super) const MARKER: &str = ".assetmon-agent";
/// What the file says to people.
const WORDS: &str = "This folder belongs to assetmon-agent, which removes files here.\n";
/// How much of a stranger's name a message shows.
const SHOWN: usize = 100;

/// Why a folder can't be the agent's.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Foreign {
    /// It is a file or a link.
    #[error("it is not a folder: choose another --state-dir")]
    NotAFolder,
    /// It is another user's.
    #[error(
        "it belongs to user {owner}, not to user {me}: run as its owner, or choose another --state-dir"
    )]
    OtherOwner {
        /// The owner's number.
        owner: u32,
        /// The number of who runs the agent.
        me: u32,
    },
    /// Others may look into it or write there.
    #[error(
        "other users can open it (mode {mode:04o}): choose another --state-dir, or `chmod 700` it if nothing \
         else uses it"
    )]
    Open {
        /// Its mode.
        mode: u32,
    },
    /// It holds what the agent didn't make.
    #[error(
        "it holds `{0}`, which is not the agent's: choose an empty folder as --state-dir, or one that does not exist"
    )]
    Strangers(String),
}

/// Looks whether `folder` is the agent's: its user's, closed to others, and with a marker or nothing
/// in it that `known` doesn't know. It changes nothing.
///
/// # Errors
/// The folder can't be read. The inner error: it isn't the agent's.
pub(super) fn judge(
    folder: &Path,
    known: impl Fn(&OsStr) -> bool,
) -> io::Result<Result<(), Foreign>> {
    let metadata = fs::symlink_metadata(folder)?;
    if !metadata.is_dir() {
        return Ok(Err(Foreign::NotAFolder));
    }
    let (owner, me) = (metadata.uid(), rustix::process::geteuid().as_raw());
    if owner != me {
        return Ok(Err(Foreign::OtherOwner { owner, me }));
    }
    let mode = metadata.mode() & 0o7777;
    if mode & 0o077 != 0 {
        return Ok(Err(Foreign::Open { mode }));
    }
    if is_marked(folder) {
        return Ok(Ok(()));
    }
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if !known(&name) {
            let name = on_one_line(&name.to_string_lossy(), SHOWN);
            return Ok(Err(Foreign::Strangers(name)));
        }
    }
    Ok(Ok(()))
}

/// Whether the marker is there.
fn is_marked(folder: &Path) -> bool {
    fs::symlink_metadata(folder.join(MARKER)).is_ok_and(|metadata| metadata.is_file())
}

/// Marks a folder that was found to be the agent's.
///
/// # Errors
/// The marker can't be made. What it says doesn't matter, so a full disk is no error.
pub(super) fn mark(folder: &Path) -> io::Result<()> {
    if is_marked(folder) {
        return Ok(());
    }
    let mut options = OpenOptions::new();
    let made = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(folder.join(MARKER));
    match made {
        Ok(mut file) => {
            let _ = file.write_all(WORDS.as_bytes());
            Ok(())
        }
        // Another agent was quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}
