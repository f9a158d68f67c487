//! Whether this host has a scanner that works, and what it calls itself: known without starting it
//! as long as its program is the same.

mod program;

use std::cell::RefCell;

use crate::{
    scan::trial,
    settings::Settings,
    state::{KnownScanner, StateFolder},
    syft::Syft,
};

/// After so many seconds it is tried again: what a script starts may be another one by then.
const FRESH: u64 = 24 * 60 * 60;

/// The scanner of this host.
#[derive(Debug)]
pub(crate) struct Scanner {
    syft: Syft,
    settings: Settings,
    folder: StateFolder,
    standing: RefCell<Standing>,
}

/// How it stands.
#[derive(Debug, Clone)]
enum Standing {
    /// It was tried at this start of the agent, and works.
    Works(String),
    /// It worked when it was tried last, and its program is the same since, or isn't known to be.
    Worked { name: Option<String>, is_same: bool },
    /// It doesn't work, and why.
    Broken(String),
}

impl Scanner {
    /// The scanner that the settings name, as far as it is known without starting it.
    pub(crate) fn known(settings: &Settings, folder: &StateFolder) -> Self {
        let known = KnownScanner::load(folder);
        let is_same = known.as_ref().is_some_and(|known| {
            let age = now().checked_sub(known.tried_at);
            known.program == program::identity(&settings.syft) && age.is_some_and(|age| age < FRESH)
        });
        let name = known.map(|known| known.name);
        Self {
            syft: Syft::new(settings.syft.clone()),
            settings: settings.clone(),
            folder: folder.clone(),
            standing: RefCell::new(Standing::Worked { name, is_same }),
        }
    }

    /// Syft itself.
    pub(crate) const fn syft(&self) -> &Syft {
        &self.syft
    }

    /// What it calls itself; none where it doesn't work, or was never tried.
    pub(crate) fn name(&self) -> Option<String> {
        match &*self.standing.borrow() {
            Standing::Works(name) => Some(name.clone()),
            Standing::Worked { name, .. } => name.clone(),
            Standing::Broken(_) => None,
        }
    }

    /// Why no image can be scanned, if none can.
    pub(crate) fn problem(&self) -> Option<String> {
        match &*self.standing.borrow() {
            Standing::Broken(why) => Some(why.clone()),
            _ => None,
        }
    }

    /// Tries it unless it is known to work by what its program was. Only for who holds the lock on
    /// scanning.
    pub(crate) async fn look(&self) {
        let is_known = !matches!(
            *self.standing.borrow(),
            Standing::Worked { is_same: false, .. }
        );
        if !is_known {
            self.try_it().await;
        }
    }

    /// Tries it unless that was done at this start. Only for who holds the lock on scanning.
    pub(crate) async fn prove(&self) {
        let is_proven = !matches!(*self.standing.borrow(), Standing::Worked { .. });
        if !is_proven {
            self.try_it().await;
        }
    }

    /// Tries it, and remembers what came of it. Only for who holds the lock on scanning.
    pub(crate) async fn try_it(&self) {
        let tried = trial(&self.syft, &self.settings, &self.folder.scans()).await;
        let standing = match tried {
            Ok(name) => {
                self.remember(&name);
                Standing::Works(name)
            }
            Err(error) => {
                KnownScanner::forget(&self.folder);
                let why = format!("no image can be scanned: {error}");
                tracing::warn!("{why}");
                Standing::Broken(why)
            }
        };
        self.standing.replace(standing);
    }

    fn remember(&self, name: &str) {
        let known = KnownScanner {
            program: program::identity(&self.settings.syft),
            name: name.to_owned(),
            tried_at: now(),
        };
        if let Err(error) = known.save(&self.folder) {
            tracing::warn!("what the scanner calls itself can't be saved: {error}");
        }
    }
}

/// Seconds since 1970.
fn now() -> u64 {
    u64::try_from(jiff::Timestamp::now().as_second()).unwrap_or_default()
}
