//! Taking mounts back: the own one, and what another agent noted that was killed since.

use std::{path::Path, time::Duration};

use proto_types::ImageDigest;

use super::note::MountNote;
use crate::{
    clock::Moment,
    podman::{Podman, PodmanError},
    process::{ProgramError, trace},
};

/// How long a podman that a killed agent started is waited for. It goes on mounting by itself, and
/// killed in the middle it would leave a mount that it knows nothing of.
const WAIT: Duration = Duration::from_secs(6);
/// How long to leave between two looks.
const PAUSE: Duration = Duration::from_millis(50);
/// How long a podman may mount at most. What still runs after that (a file system's own process, or
/// the one that keeps a user's podman together) isn't mounting.
const LONGEST: Duration = Duration::from_secs(150);

/// A mount that isn't taken back yet.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotYet {
    /// Podman can't, or can't tell.
    #[error(transparent)]
    Podman(#[from] PodmanError),
    /// What was started to mount it may not have done so yet.
    #[error("the podman that was to mount it is still at work")]
    AtWork,
    /// The note doesn't say which podman, nor do the settings.
    #[error(
        "the settings no longer name its store `{0}`: unmount it with `podman image unmount`, then remove its folder"
    )]
    NoStore(String),
}

/// Whether a mount that failed was not made: podman itself said so, and wasn't stopped in the middle.
pub(super) fn is_surely_not_mounted(error: &PodmanError) -> bool {
    match error {
        PodmanError::Program(ProgramError::Failed { status, .. }) => status.code().is_some(),
        PodmanError::Program(ProgramError::NotStarted { .. }) => true,
        _ => false,
    }
}

/// Unmounts an image; whether it was mounted: an image that was removed took its mount along.
///
/// # Errors
/// [`PodmanError`]: it stays mounted, or podman can't tell.
pub(super) async fn unmount(podman: &Podman, image: &ImageDigest) -> Result<bool, PodmanError> {
    match podman.unmount(image).await {
        Ok(was_mounted) => Ok(was_mounted),
        Err(_) if matches!(podman.mounted(image).await, Ok(None)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Takes back the mount that is noted in a scan's folder, if it was ever made.
///
/// Podman counts mounts, and who else mounted the same image keeps it. Only where the agent was
/// killed between its note and its mount, and somebody else has mounted the same image since, theirs
/// is taken for it.
///
/// # Errors
/// [`NotYet`]: the note must stay.
pub(super) async fn take_back(
    folder: &Path,
    note: &MountNote,
    stores: &[Podman],
) -> Result<(), NotYet> {
    let no_store = || NotYet::NoStore(note.store.clone());
    let podman = note.podman(stores).ok_or_else(no_store)?;
    let until = Moment::now().after(WAIT);
    let may_mount = || trace::is_at_work(&note.agent) && MountNote::age(folder) < Some(LONGEST);
    while may_mount() && !until.remaining().is_zero() {
        // What the scan was just starting when its processes were ended can't be told for its own
        // until it runs.
        trace::end_those_in(&folder.join("work"));
        tokio::time::sleep(PAUSE).await;
    }
    if unmount(&podman, &note.image).await? {
        return Ok(());
    }
    if may_mount() {
        return Err(NotYet::AtWork);
    }
    // A podman that was killed in the middle left a mount that it doesn't count. It finds that one
    // again when it is to mount it.
    match podman.mount(&note.image).await {
        Ok(_) => Ok(unmount(&podman, &note.image).await.map(|_| ())?),
        // It is gone.
        Err(_) => Ok(()),
    }
}
