//! A scan of an empty folder: whether the scanner works here, before any lease is used.

use std::{fs::DirBuilder, io, os::unix::fs::DirBuilderExt, path::Path, time::Duration};

use proto_types::ImageDigest;

use super::folder::ScanFolder;
use crate::{
    settings::Settings,
    state::Scans,
    syft::{Doubt, Effort, Syft, Task},
    tree::{Databases, Tree},
};

/// How long it may take: a fifth of a second where nothing is wrong.
const TIME: Duration = Duration::from_secs(60);

/// Why the scanner doesn't work here.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Broken {
    /// There is no room for temporary files, or no right to write them.
    #[error("its temporary folder can't be created: {0}")]
    Folder(#[from] io::Error),
    /// It fails on nothing.
    #[error(transparent)]
    Syft(#[from] crate::syft::SyftError),
    /// It says that something is in its way.
    #[error("{0}")]
    Doubt(Doubt),
}

/// Tries the scanner where scans are made, and says what it calls itself. Only for who holds the lock
/// on scanning.
///
/// # Errors
/// [`Broken`].
pub(crate) async fn trial(
    syft: &Syft,
    settings: &Settings,
    scans: &Scans,
) -> Result<String, Broken> {
    let folder = ScanFolder::create(scans, &ImageDigest::from_bytes([0; 32]))?;
    trial_in(syft, settings, folder.path()).await
}

/// As [`trial`], in a folder that is its caller's.
///
/// # Errors
/// [`Broken`].
pub(crate) async fn trial_in(
    syft: &Syft,
    settings: &Settings,
    folder: &Path,
) -> Result<String, Broken> {
    let (work, tree) = (folder.join("work"), folder.join("tree"));
    for folder in [&work, &tree] {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
    }
    let task = Task {
        podman: None,
        tree: &Tree::open(&tree)?,
        place: &tree,
        folder: &work,
        databases: &Databases::default(),
        effort: Effort::All,
        waits: false,
        time: TIME.min(settings.scan_time),
        memory: settings.scan_memory,
        space: settings.scan_space,
    };
    let found = syft.scan(&task).await?;
    match found.doubt {
        Some(doubt) => Err(Broken::Doubt(doubt)),
        None => Ok(found.scanner.unwrap_or_else(|| "unnamed".to_owned())),
    }
}
