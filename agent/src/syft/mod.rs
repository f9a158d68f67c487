//! Syft: what is in a tree, and whether syft saw it all.

mod document;
mod doubt;
mod doubts;
mod effort;
mod found;

use std::{path::Path, time::Duration};

pub(crate) use document::Unreadable;
pub(crate) use doubt::Doubt;
pub(crate) use doubts::names_obstacle;
pub(crate) use effort::Effort;
pub(crate) use found::Found;

use crate::{
    podman::{Mount, Podman},
    process::{Bounds, Program, ProgramError},
    settings::Words,
    tree::{Databases, Tree},
};

/// How much syft may print: some 15 KB a package.
const DOCUMENT: u64 = 256 << 20;

/// The variables that say where settings, caches and temporary files are.
const FOLDERS: [&str; 8] = [
    "HOME",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_DIRS",
    "XDG_CONFIG_HOME",
    "XDG_DATA_DIRS",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
];

/// The syft command.
#[derive(Debug, Clone)]
pub(crate) struct Syft(Words);

/// What to scan, and with what means.
#[derive(Debug)]
pub(crate) struct Task<'a> {
    /// The store that the tree is an image of, and how it is mounted, if it is one.
    pub(crate) podman: Option<(&'a Podman, &'a Mount)>,
    /// The image's tree.
    pub(crate) tree: &'a Tree,
    /// Where it is, as the store's podman says.
    pub(crate) place: &'a Path,
    /// A folder that belongs to this scan.
    pub(crate) folder: &'a Path,
    /// What its package databases say.
    pub(crate) databases: &'a Databases,
    /// How much to look for.
    pub(crate) effort: Effort,
    /// Whether all else on the host goes first. It doesn't for a trial, which is short.
    pub(crate) waits: bool,
    /// How long it may take.
    pub(crate) time: Duration,
    /// How much memory it may use.
    pub(crate) memory: u64,
    /// How much space it may take in `folder`.
    pub(crate) space: u64,
}

/// Why syft found nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SyftError {
    /// It failed or was ended.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// What it printed can't be understood.
    #[error("the output of syft can't be read: {0}")]
    Document(#[from] Unreadable),
}

impl Syft {
    /// The command that the settings name.
    pub(crate) const fn new(words: Words) -> Self {
        Self(words)
    }

    /// Scans a tree.
    ///
    /// # Errors
    /// [`SyftError`]: syft failed, was ended, or printed what can't be read.
    pub(crate) async fn scan(&self, task: &Task<'_>) -> Result<Found, SyftError> {
        let bounds = Bounds {
            time: task.time,
            output: DOCUMENT,
            memory: Some(task.memory),
            space: Some((task.folder.to_owned(), task.space)),
        };
        let syft = self.scanning(task);
        let syft = match task.podman {
            Some((podman, mount)) => podman.looking(syft, mount),
            None => syft,
        };
        let finished = syft.run(&bounds).await?;
        let mut notes = doubts::Notes::new(task.tree);
        let mut found = document::read(&finished.stdout, |path, note| notes.take(path, note))?;
        for more in [
            doubts::about_space(&finished.stderr),
            notes.about_databases(task.databases, &found.artifacts),
            doubts::about_cuts(task.databases, &found.artifacts),
        ] {
            found.doubt = Doubt::first_of(found.doubt.take(), more);
        }
        found.without(&task.databases.gone);
        Ok(found)
    }

    /// Syft, with settings of the agent's own: whatever the host tells its other users of syft,
    /// such as to leave out folders, mustn't change what a scan finds. All that it may write, and
    /// any settings file that it looks for, is in `folder`.
    fn command(&self, folder: &Path) -> Program {
        let mut command = Program::new(&self.0).variable("SYFT_CHECK_FOR_APP_UPDATE", "false");
        for name in FOLDERS {
            command = command.variable(name, folder);
        }
        command
    }

    fn scanning(&self, task: &Task<'_>) -> Program {
        let mut tree = std::ffi::OsString::from("dir:");
        tree.push(task.place);
        let selected = task.effort.catalogers();
        let selected = selected.map(|catalogers| format!("--select-catalogers={catalogers}"));
        let selected: Vec<&str> = selected.iter().map(String::as_str).collect();
        // Quiet it may not be: what it couldn't do it says as a warning.
        let syft = self.command(task.folder);
        let syft = match task.waits {
            true => syft.at_lowest_priority(task.time),
            false => syft,
        };
        syft.args(&["scan", "--override-default-catalogers", "image"])
            .args(&selected)
            .args(&["--output", "syft-json", "--base-path"])
            .arg(task.place)
            .arg(tree)
            .folder(task.folder)
            .variable("SYFT_FILE_METADATA_SELECTION", "none")
            // Which file is of which package isn't asked for: without it the document is half as long.
            // Which package is of which other, by their files, is said all the same.
            .variable("SYFT_RELATIONSHIPS_PACKAGE_FILE_OWNERSHIP", "false")
            // A scan never takes more of a host than one core.
            .variable("GOMAXPROCS", "1")
            // Go collects harder near this; further below the bound, an image that would fit takes
            // for ever instead.
            .variable("GOMEMLIMIT", (task.memory / 10 * 9).to_string())
    }
}
