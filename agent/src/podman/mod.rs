//! Podman: what runs in a store, and the trees of its images.

mod account;
pub(crate) mod event;
mod inspect;
mod layers;
mod listing;
mod mount;
mod owner;
mod trees;

use std::{io, time::Duration};

use jiff::Timestamp;
use proto_types::{ImageDigest, ImageFacts};

pub(crate) use listing::{Listed, Listing, Malformed};
pub(crate) use mount::Mount;

use crate::{
    process::{Bounds, Finished, Following, Program, ProgramError},
    settings::Words,
};
use account::Account;
use mount::NoTree;
use owner::{Owner, Refused};

/// How long a question may take: podman waits for its own locks, and a mount may have to be made.
const TIME: Duration = Duration::from_secs(120);
/// How much podman may answer.
const OUTPUT: u64 = 64 << 20;

/// One podman store.
#[derive(Debug, Clone)]
pub(crate) struct Podman {
    /// Its name, which stands before its containers' names; the first store has none.
    name: Option<String>,
    owner: Owner,
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
    /// Where the image is mounted, there is no tree of it.
    #[error(transparent)]
    NoTree(#[from] NoTree),
    /// It isn't started.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The layers of the image can't be looked at.
    #[error("the image's layers can't be read: {0}")]
    Layers(#[source] io::Error),
    /// It isn't known whether the user has any process.
    #[error("the processes can't be listed: {0}")]
    Processes(#[source] io::Error),
}

impl Podman {
    /// The store that `words` show.
    pub(crate) const fn new(name: Option<String>, words: Words) -> Self {
        let owner = Owner::Agent(words);
        Self { name, owner }
    }

    /// The store of another user of this machine, which has their name.
    pub(crate) async fn of_user(name: &str) -> Self {
        Self {
            name: Some(name.to_owned()),
            owner: Owner::User(Account::look_up(name).await),
        }
    }

    /// The command that shows the store, where it is the agent's own user's.
    pub(crate) const fn words(&self) -> Option<&Words> {
        match &self.owner {
            Owner::Agent(words) => Some(words),
            Owner::User(_) => None,
        }
    }

    /// The store's name, as messages say it.
    pub(crate) fn name(&self) -> &str {
        self.name.as_deref().unwrap_or("podman")
    }

    /// The number of the user who podman is run as; none where they aren't there.
    pub(crate) fn uid(&self) -> Option<u32> {
        self.owner.uid()
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

    /// What it knows of an image besides its tree.
    ///
    /// # Errors
    /// [`PodmanError`]: the image isn't there, or podman can't tell.
    pub(crate) async fn inspect(&self, image: &ImageDigest) -> Result<ImageFacts, PodmanError> {
        let image = image.to_string();
        let command = self.command(&["image", "inspect", "--format", "json", &image])?;
        Ok(inspect::facts(&run(command).await?.stdout)?)
    }

    /// The image that a name means now.
    ///
    /// # Errors
    /// As [`Podman::inspect`].
    pub(crate) async fn image(&self, name: &str) -> Result<Option<ImageDigest>, PodmanError> {
        let command = self.command(&["image", "inspect", "--format", "json", "--"])?;
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
        let command = self.command(&arguments)?.args(&["--since", &since]);
        Ok(command.follow()?)
    }

    /// Podman's version.
    ///
    /// # Errors
    /// [`PodmanError`]: it doesn't start.
    pub(crate) async fn version(&self) -> Result<String, PodmanError> {
        let said = run(self.command(&["--version"])?).await?.stdout;
        Ok(String::from_utf8_lossy(&said).trim().to_owned())
    }

    async fn list(&self, arguments: &[&str]) -> Result<Listing, PodmanError> {
        if self.is_at_rest()? {
            return Ok(Listing::default());
        }
        let command = self.command(&["ps", "--format", "json"])?.args(arguments);
        let stdout = run(command).await?.stdout;
        Ok(listing::containers(&stdout, self.name.as_deref())?)
    }

    /// Whether the store is another user's than the agent's own.
    pub(crate) const fn is_another_users(&self) -> bool {
        matches!(self.owner, Owner::User(_))
    }

    /// Whether the store's user has no process, and so no container that runs. Then their podman
    /// isn't started: outside of a session it may not find where the last one was.
    fn is_at_rest(&self) -> Result<bool, PodmanError> {
        match self.owner.user()? {
            Some(user) => Ok(!user.has_processes().map_err(PodmanError::Processes)?),
            None => Ok(false),
        }
    }

    fn command(&self, arguments: &[&str]) -> Result<Program, Refused> {
        self.owner.program(&["podman"], arguments)
    }
}

const fn bounds() -> Bounds {
    Bounds {
        time: TIME,
        output: OUTPUT,
        memory: None,
        space: None,
    }
}

async fn run(command: Program) -> Result<Finished, ProgramError> {
    command.run(&bounds()).await
}
