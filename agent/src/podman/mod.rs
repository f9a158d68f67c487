//! Podman: what runs in a store, and the trees of its images.

pub(crate) mod event;
mod inspect;
mod listing;

use std::{
    ffi::OsString,
    os::unix::ffi::OsStringExt,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Timestamp;
use proto_types::{ImageDigest, ImageFacts};

pub(crate) use listing::{Listed, Listing, Malformed};

use crate::{
    process::{Bounds, Finished, Following, Program, ProgramError},
    settings::Words,
};

/// How long a question may take: podman waits for its own locks, and a mount may have to be made.
const TIME: Duration = Duration::from_secs(120);
/// How much podman may answer.
const OUTPUT: u64 = 64 << 20;

/// What podman is told of the environment: where its settings and its store are, and whose they are.
/// `CONTAINER_HOST` and its like aren't among it, which would have it answer for another machine.
const ENVIRONMENT: [&str; 14] = [
    "HOME",
    "TMPDIR",
    "XDG_RUNTIME_DIR",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "DBUS_SESSION_BUS_ADDRESS",
    "CONTAINERS_CONF",
    "CONTAINERS_CONF_OVERRIDE",
    "CONTAINERS_STORAGE_CONF",
    "STORAGE_DRIVER",
    "STORAGE_OPTS",
    // How podman, started again inside `podman unshare`, knows where it is.
    "_CONTAINERS_USERNS_CONFIGURED",
    "_CONTAINERS_ROOTLESS_UID",
    "_CONTAINERS_ROOTLESS_GID",
];

/// One podman store.
#[derive(Debug, Clone)]
pub(crate) struct Podman {
    /// Its name, which stands before its containers' names; the first store has none.
    name: Option<String>,
    words: Words,
}

/// What podman couldn't answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PodmanError {
    /// It failed.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// It said what can't be understood.
    #[error("the output of podman can't be read: {0}")]
    Malformed(#[from] Malformed),
    /// It named no folder.
    #[error("podman printed no mount point for the image")]
    NoFolder,
}

impl Podman {
    /// The store that `words` show.
    pub(crate) const fn new(name: Option<String>, words: Words) -> Self {
        Self { name, words }
    }

    /// The command that shows the store.
    pub(crate) const fn words(&self) -> &Words {
        &self.words
    }

    /// The store's name, as messages say it.
    pub(crate) fn name(&self) -> &str {
        self.name.as_deref().unwrap_or("podman")
    }

    /// The containers that run.
    ///
    /// # Errors
    /// [`PodmanError`]: the listing failed, and nothing is known.
    pub(crate) async fn running(&self) -> Result<Listing, PodmanError> {
        // Podman's filters don't know every state, `stopping` for one.
        let mut listing = self.all().await?;
        listing.containers.retain(|listed| listed.running);
        Ok(listing)
    }

    /// All containers, those that have stopped too.
    ///
    /// # Errors
    /// As [`Podman::running`].
    pub(crate) async fn all(&self) -> Result<Listing, PodmanError> {
        self.list(&["--all"]).await
    }

    /// Mounts an image's tree for reading; each mount needs its own [`Podman::unmount`].
    ///
    /// # Errors
    /// [`PodmanError`]: the image isn't there or can't be mounted.
    pub(crate) async fn mount(&self, image: &ImageDigest) -> Result<PathBuf, PodmanError> {
        // Killed in the middle, podman leaves a mount that it knows nothing of.
        let command = self.command(&["image", "mount"]).uninterrupted();
        let command = command.arg(image.to_string());
        let mut path = run(command).await?.stdout;
        path.truncate(path.trim_ascii_end().len());
        let path = PathBuf::from(OsString::from_vec(path));
        if path.is_absolute() && path != Path::new("/") {
            return Ok(path);
        }
        Err(PodmanError::NoFolder)
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
        let command = self.command(&["image", "mount", "--format", "json"]);
        Ok(listing::mounts(&run(command).await?.stdout)?)
    }

    /// Takes back one [`Podman::mount`].
    ///
    /// # Errors
    /// [`PodmanError`]: it is still in use, or gone.
    pub(crate) async fn unmount(&self, image: &ImageDigest) -> Result<(), PodmanError> {
        let command = self.command(&["image", "unmount"]).uninterrupted();
        let command = command.arg(image.to_string());
        run(command).await?;
        Ok(())
    }

    /// What it knows of an image besides its tree.
    ///
    /// # Errors
    /// [`PodmanError`]: the image isn't there, or podman can't tell.
    pub(crate) async fn inspect(&self, image: &ImageDigest) -> Result<ImageFacts, PodmanError> {
        let command = self
            .command(&["image", "inspect", "--format", "json"])
            .arg(image.to_string());
        Ok(inspect::facts(&run(command).await?.stdout)?)
    }

    /// The image that a name means now.
    ///
    /// # Errors
    /// As [`Podman::inspect`].
    pub(crate) async fn image(&self, name: &str) -> Result<Option<ImageDigest>, PodmanError> {
        let command = self.command(&["image", "inspect", "--format", "json", "--"]);
        Ok(inspect::id(&run(command.arg(name)).await?.stdout)?)
    }

    /// The name that a container of this store is reported by.
    pub(crate) fn reported_name(&self, container: &str) -> String {
        listing::reported_name(self.name.as_deref(), container)
    }

    /// Follows what happens to containers, from a moment on. Podman filters: what else happens,
    /// health checks above all, costs nothing here.
    ///
    /// # Errors
    /// [`PodmanError`]: it doesn't start.
    pub(crate) fn events(&self, since: Timestamp) -> Result<Following, PodmanError> {
        let mut arguments = vec!["events", "--format", "json", "--filter", "type=container"];
        for what in event::FOLLOWED {
            arguments.extend(["--filter", what]);
        }
        let since = format!(
            "{}.{:09}",
            since.as_second(),
            since.subsec_nanosecond().max(0)
        );
        let command = self.command(&arguments).args(&["--since", &since]);
        Ok(command.follow()?)
    }

    /// Podman's version.
    ///
    /// # Errors
    /// [`PodmanError`]: it doesn't start.
    pub(crate) async fn version(&self) -> Result<String, PodmanError> {
        let said = run(self.command(&["--version"])).await?.stdout;
        Ok(String::from_utf8_lossy(&said).trim().to_owned())
    }

    async fn list(&self, arguments: &[&str]) -> Result<Listing, PodmanError> {
        let command = self.command(&["ps", "--format", "json"]).args(arguments);
        let stdout = run(command).await?.stdout;
        Ok(listing::containers(&stdout, self.name.as_deref())?)
    }

    fn command(&self, arguments: &[&str]) -> Program {
        Program::new(&self.words)
            .keeping(&ENVIRONMENT)
            .args(arguments)
    }
}

async fn run(command: Program) -> Result<Finished, ProgramError> {
    let bounds = Bounds {
        time: TIME,
        output: OUTPUT,
        memory: None,
        space: None,
    };
    command.run(&bounds).await
}
