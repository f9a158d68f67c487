//! The trees of a store's images: mounted, looked at, and taken back.

use std::path::{Path, PathBuf};

use proto_types::ImageDigest;

use super::{
    Mount, Podman, PodmanError, bounds, inspect,
    layers::{self, Layers},
    listing,
    owner::Refused,
    run,
};
use crate::{process::Program, settings::Words};

/// Mounts an image in the namespace of a user's podman, says its own number and where the tree is,
/// and stays there until its standard input ends.
const MOUNT_AND_STAY: &str =
    r#"tree=$(podman image mount "$1") && printf '%s %s\n' "$$" "$tree" && exec cat"#;

impl Podman {
    /// Mounts an image's tree for reading; each mount needs its own [`Podman::unmount`].
    ///
    /// # Errors
    /// [`PodmanError`]: the image isn't there or can't be mounted.
    pub(crate) async fn mount(&self, image: &ImageDigest) -> Result<Mount, PodmanError> {
        let image = image.to_string();
        if let Some(user) = self.owner.user()? {
            let shell = ["podman", "unshare", "sh", "-c", MOUNT_AND_STAY, "sh"];
            let held = user.program(&shell).arg(&image).hold(&bounds()).await?;
            return Ok(Mount::of_user(held, user.uid())?);
        }
        // Killed in the middle, podman leaves a mount that it knows nothing of.
        let command = self.command(&["image", "mount", &image])?.uninterrupted();
        Ok(Mount::new(run(command).await?.stdout)?)
    }

    /// Puts an image's tree together where podman couldn't mount it for `error`: it mounts none of an
    /// additional store. That takes root, and the driver overlay; none where it isn't so.
    ///
    /// # Errors
    /// [`PodmanError`]: it can't be put together, or podman can't tell.
    pub(crate) async fn mount_layers(
        &self,
        image: &ImageDigest,
        error: &PodmanError,
        place: &Path,
    ) -> Result<Option<Mount>, PodmanError> {
        let is_roots = rustix::process::geteuid().is_root() && !self.is_another_users();
        let is_elsewhere =
            matches!(error, PodmanError::Program(error) if layers::is_elsewhere(error));
        if !is_roots || !is_elsewhere {
            return Ok(None);
        }
        let layers = self.layers(image).await?;
        if !layers.fit() {
            return Ok(None);
        }
        let held = layers.put_together(place).hold(&bounds()).await?;
        Ok(Some(Mount::of_layers(held, layers)?))
    }

    async fn layers(&self, image: &ImageDigest) -> Result<Layers, PodmanError> {
        let image = image.to_string();
        let command = self.command(&["image", "inspect", "--format", "json", &image])?;
        let paths = inspect::layers(&run(command).await?.stdout)?;
        Layers::at(paths).map_err(PodmanError::Layers)
    }

    /// Whether an image still has the layers that a tree was put together from: one that was removed
    /// has none, or other ones.
    pub(crate) async fn has_layers(&self, image: &ImageDigest, mount: &Mount) -> bool {
        let now = self.layers(image).await.ok();
        now.is_some() && now.as_ref() == mount.layers()
    }

    /// Where an image is mounted now, if it is and still exists.
    ///
    /// # Errors
    /// [`PodmanError`]: podman can't tell.
    pub(crate) async fn mounted(
        &self,
        image: &ImageDigest,
    ) -> Result<Option<PathBuf>, PodmanError> {
        let mounts = self.mounts().await?;
        Ok(mounts
            .into_iter()
            .find_map(|(id, path)| (id == *image).then_some(path)))
    }

    /// The images that are mounted now, and where.
    ///
    /// # Errors
    /// [`PodmanError`]: podman can't tell.
    pub(crate) async fn mounts(&self) -> Result<Vec<(ImageDigest, PathBuf)>, PodmanError> {
        let command = self.in_namespace(&["image", "mount", "--format", "json"])?;
        Ok(listing::mounts(&run(command).await?.stdout)?)
    }

    /// Takes back one [`Podman::mount`]; whether the image was mounted: podman names what it unmounts.
    ///
    /// # Errors
    /// [`PodmanError`]: it is still in use, or gone.
    pub(crate) async fn unmount(&self, image: &ImageDigest) -> Result<bool, PodmanError> {
        let command = self.in_namespace(&["image", "unmount", &image.to_string()])?;
        let command = command.uninterrupted();
        Ok(!run(command).await?.stdout.trim_ascii().is_empty())
    }

    /// Makes a folder in which the other user whose store it is may write.
    ///
    /// # Errors
    /// [`PodmanError`]: they can't make it.
    pub(crate) async fn make_scratch(&self, place: &Path) -> Result<(), PodmanError> {
        if let Some(user) = self.owner.user()? {
            run(user.program(&["mkdir", "-m", "700", "--"]).arg(place)).await?;
        }
        Ok(())
    }

    /// Removes what [`Podman::make_scratch`] made, with all that is in it, as its owner may.
    ///
    /// # Errors
    /// [`PodmanError`]: something is left.
    pub(crate) async fn remove_scratch(&self, place: &Path) -> Result<(), PodmanError> {
        if let Some(user) = self.owner.user()? {
            // In their namespace, where folders that an archive has closed can be opened.
            let remove = ["podman", "unshare", "rm", "-rf", "--"];
            run(user.program(&remove).arg(place)).await?;
        }
        Ok(())
    }

    /// A program that is to look at a mounted tree where podman says that it is: of another user's
    /// store, run as them and in the namespace that their podman mounts in.
    pub(crate) fn looking(&self, program: Program, mount: &Mount) -> Program {
        match (self.owner.user(), mount.namespace()) {
            (Ok(Some(user)), _) => program.started_by(user.program(&["podman", "unshare"])),
            (_, Some(process)) => {
                let namespace = format!("--mount=/proc/{process}/ns/mnt");
                let enter = Program::new(&Words::one("nsenter")).args(&[&namespace, "--"]);
                program.started_by(enter)
            }
            _ => program,
        }
    }

    /// A command on what is mounted: a user's mounts are seen in their podman's namespace alone.
    fn in_namespace(&self, arguments: &[&str]) -> Result<Program, Refused> {
        self.owner
            .program(&["podman", "unshare", "podman"], arguments)
    }
}
