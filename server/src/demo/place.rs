//! Where a demo lives: a folder of its own, which goes with it unless it was named.

use std::{
    fs,
    io::{self, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use tempfile::TempDir;

use super::story::{ADVISORY, ADVISORY_FILE, introduction};
use crate::settings::Flags;

/// Any port: that of a genuine server stays free.
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// A demo's folder. One that wasn't named is removed when this is dropped.
pub(super) struct Place {
    folder: PathBuf,
    own: Option<TempDir>,
}

fn check_empty(folder: &Path) -> anyhow::Result<()> {
    let first = fs::read_dir(folder).map(|mut entries| entries.next());
    match first {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => {
            Err(error).with_context(|| format!("the folder {} can't be read", folder.display()))
        }
        Ok(None) => Ok(()),
        Ok(Some(_)) => bail!(
            "{} isn't empty, and a demo needs a folder of its own; give another by --data-dir, or none",
            folder.display()
        ),
    }
}

impl Place {
    /// Makes a demo's folder, and has the server's settings point there.
    ///
    /// # Errors
    /// The folder can't be made, or something is in it already.
    pub(super) fn make(flags: &mut Flags) -> anyhow::Result<Self> {
        let (folder, own) = match &flags.data_dir {
            Some(named) => (named.clone(), None),
            None => {
                let made = tempfile::Builder::new().prefix("assetmon-demo-").tempdir();
                let made = made.context("a folder for the demo can't be made")?;
                (made.path().to_owned(), Some(made))
            }
        };
        check_empty(&folder)?;
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder)
            .with_context(|| format!("the folder {} can't be made", folder.display()))?;
        flags.data_dir = Some(folder.clone());
        // A socket or a file of settings in the environment is a genuine server's.
        flags.socket = None;
        flags.config = None;
        flags.listen.get_or_insert(LISTEN);
        Ok(Self { folder, own })
    }

    /// The database's file.
    pub(super) fn database(&self) -> PathBuf {
        self.folder.join("assetmon.db")
    }

    /// Writes the advisory, and says on standard output what can be tried.
    ///
    /// # Errors
    /// Neither can be written.
    pub(super) fn introduce(&self, address: SocketAddr) -> anyhow::Result<()> {
        let advisory = self.folder.join(ADVISORY_FILE);
        fs::write(&advisory, ADVISORY)
            .with_context(|| format!("{} can't be written", advisory.display()))?;
        let end = match &self.own {
            Some(_) => "Ctrl-C ends it and removes its data.".to_owned(),
            None => format!(
                "Ctrl-C ends it; its data stays in {}.",
                self.folder.display()
            ),
        };
        let socket = self.folder.join("admin.sock");
        let mut out = io::stdout();
        write!(out, "{}", introduction(&socket, address, &advisory, &end))?;
        Ok(out.flush()?)
    }
}
