//! What the server speaks TLS with: what is in use, and what came of the last look at its files.

use std::sync::{Arc, PoisonError, RwLock};

use proto_types::{Timestamp, TlsStatus};
use rustls::ServerConfig;

use super::files::{Contents, Loaded, TlsFiles};

/// What the server speaks TLS with, now.
#[derive(Debug, Clone)]
pub struct Tls {
    files: TlsFiles,
    standing: Arc<RwLock<Standing>>,
}

/// How it stands.
#[derive(Debug)]
struct Standing {
    /// What is in use.
    loaded: Loaded,
    /// What was looked at last, in use or not.
    seen: Contents,
    /// Why what was looked at last isn't in use.
    problem: Option<String>,
}

impl Tls {
    /// Reads the files.
    ///
    /// # Errors
    /// They can't be read, or don't make a pair.
    pub fn start(files: TlsFiles) -> anyhow::Result<Self> {
        let seen = files.read()?;
        let standing = Standing {
            loaded: files.load(&seen)?,
            seen,
            problem: None,
        };
        Ok(Self {
            files,
            standing: Arc::new(RwLock::new(standing)),
        })
    }

    /// Reads the files again; `None` where they are as they were.
    ///
    /// # Errors
    /// They can't be used: what was in use stays so.
    pub(super) fn look_again(&self) -> anyhow::Result<Option<Timestamp>> {
        let read = self.files.read();
        if let Ok(contents) = &read
            && self.with(|standing| standing.seen == *contents && standing.problem.is_none())
        {
            return Ok(None);
        }
        let (contents, loaded) = match read {
            Ok(contents) => (Some(contents.clone()), self.files.load(&contents)),
            Err(error) => (None, Err(error)),
        };
        let mut standing = self
            .standing
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(contents) = contents {
            standing.seen = contents;
        }
        match loaded {
            Ok(loaded) => {
                let expires_at = loaded.expires_at;
                standing.loaded = loaded;
                standing.problem = None;
                Ok(Some(expires_at))
            }
            Err(error) => {
                standing.problem = Some(format!("{error:#}"));
                Err(error)
            }
        }
    }

    /// What a new connection is accepted with.
    pub(super) fn config(&self) -> Arc<ServerConfig> {
        self.with(|standing| Arc::clone(&standing.loaded.config))
    }

    /// What the status says of it.
    #[must_use]
    pub fn status(&self) -> TlsStatus {
        self.with(|standing| TlsStatus {
            expires_at: standing.loaded.expires_at,
            problem: standing.problem.clone(),
        })
    }

    fn with<T>(&self, look: impl FnOnce(&Standing) -> T) -> T {
        // A thread that panicked while it held the lock has changed nothing by halves.
        look(&self.standing.read().unwrap_or_else(PoisonError::into_inner))
    }
}
