//! One scan of one image: mount it, have syft look at it, and believe syft only if the image was
//! there all the time.

mod error;
mod folder;
mod leftovers;
mod means;
mod note;
mod scratch;
mod trial;
mod tries;
mod unmount;
mod wipe;

use proto_types::{ImageDigest, ImageFacts};

pub(crate) use error::ScanError;
pub(crate) use leftovers::clear_leftovers;
pub(crate) use means::Means;
pub(crate) use trial::{trial, trial_in};

use crate::{
    clock::Moment,
    podman::{Mount, Podman, PodmanError},
    syft::Found,
    tree::Tree,
};
use folder::ScanFolder;
use note::MountNote;
use tries::{Subject, tries};
use unmount::unmount;

/// Scans an image; it is over when `ends` comes, one way or the other.
///
/// # Errors
/// [`ScanError`]: there is no SBOM, and whose fault that is.
pub(crate) async fn scan(
    means: Means<'_>,
    image: &ImageDigest,
    ends: Moment,
) -> Result<Found, ScanError> {
    let folder = ScanFolder::create(means.scans, image).map_err(ScanError::Folder)?;
    // Before it is mounted, so that no mount is ever without its note.
    let note = MountNote::new(means.podman, image);
    note.write(folder.path()).map_err(ScanError::Folder)?;
    let mount = match means.podman.mount(image).await {
        Ok(mount) => mount,
        Err(error) => {
            if unmount::is_surely_not_mounted(&error) {
                MountNote::remove(folder.path());
            }
            put_together(means, image, &folder, error).await?
        }
    };
    let result = look(means, image, &mount, &folder, ends).await;
    if !mount.is_podmans() {
        // It ends with the process that holds it, and so needs no note.
        return match means.podman.has_layers(image, &mount).await {
            true => result,
            false => Err(ScanError::Gone),
        };
    }
    match unmount(means.podman, image).await {
        Ok(was_mounted) => {
            MountNote::remove(folder.path());
            // Without the image, what syft says means nothing, be it success or failure.
            if was_mounted {
                result
            } else {
                Err(ScanError::Gone)
            }
        }
        // The note stays, so that the next run tries again.
        Err(error) => {
            tracing::warn!(%image, "the image could not be unmounted and stays mounted for now: {error}");
            result
        }
    }
}

/// The tree of an image that podman couldn't mount for `error`, where the agent can do so by itself.
async fn put_together(
    means: Means<'_>,
    image: &ImageDigest,
    folder: &ScanFolder,
    error: PodmanError,
) -> Result<Mount, ScanError> {
    let place = folder.tree().map_err(ScanError::Folder)?;
    match means.podman.mount_layers(image, &error, &place).await {
        Ok(Some(mount)) => Ok(mount),
        Ok(None) => Err(ScanError::Mount(error)),
        Err(error) => Err(ScanError::Mount(error)),
    }
}

/// Has syft look at the tree, and makes sure that it was the same tree from the beginning to the
/// end.
async fn look(
    means: Means<'_>,
    image: &ImageDigest,
    mount: &Mount,
    folder: &ScanFolder,
    ends: Moment,
) -> Result<Found, ScanError> {
    let tree = Tree::open(mount.tree()).map_err(|_| ScanError::Gone)?;
    let databases = tree.databases().map_err(ScanError::Tree)?;
    let subject = Subject {
        means,
        image,
        mount,
        tree: &tree,
        databases: &databases,
        folder,
    };
    let (facts, found) = tokio::join!(facts(means.podman, image), tries(subject, ends));
    if !tree.is_there() {
        return Err(ScanError::Gone);
    }
    Ok(with_facts(found?, facts?))
}

/// What podman knows of the image. That podman can't be understood is no reason not to scan it.
async fn facts(podman: &Podman, image: &ImageDigest) -> Result<ImageFacts, ScanError> {
    match podman.inspect(image).await {
        Err(PodmanError::Malformed(error)) => {
            tracing::warn!(%image, "the output of `podman image inspect` can't be read: {error}");
            Ok(ImageFacts::default())
        }
        facts => facts.map_err(ScanError::Mount),
    }
}

/// What syft found, with what podman knows.
fn with_facts(found: Found, facts: ImageFacts) -> Found {
    let facts = ImageFacts {
        distro_codename: found.facts.distro_codename,
        distro_cpe: found.facts.distro_cpe,
        ..facts
    };
    Found { facts, ..found }
}
