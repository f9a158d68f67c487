//! Locks that end with the process that holds them, however it ends.
//!
//! There are three, since an update must be told at once while a cycle may scan for minutes: `lock`
//! is held from taking a `seq` to the server's answer, by whoever reports; `cycle.lock` is held by
//! whoever scans; `watch.lock` by the one who follows podman's events.

use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    time::Duration,
};

use rustix::fs::{FlockOperation, flock};

use super::{error::StateError, folder::StateFolder};
use crate::clock::Moment;

/// How long to leave between two tries.
const PAUSE: Duration = Duration::from_millis(50);

/// A lock, for as long as this lives.
#[derive(Debug)]
pub(crate) struct Lock {
    /// The lock is the open file's.
    _file: File,
}

impl Lock {
    /// The lock on reporting, waited for at most `patience`.
    ///
    /// # Errors
    /// [`StateError::Busy`]: it was held all the time.
    pub(crate) async fn reporting(
        folder: &StateFolder,
        patience: Duration,
    ) -> Result<Self, StateError> {
        Self::wait(folder, "lock", "reporting", patience).await
    }

    /// The lock on scanning, waited for at most `patience`.
    ///
    /// # Errors
    /// [`StateError::Busy`]: it was held all the time.
    pub(crate) async fn scanning(
        folder: &StateFolder,
        patience: Duration,
    ) -> Result<Self, StateError> {
        Self::wait(folder, "cycle.lock", "running a cycle", patience).await
    }

    /// The lock on following podman's events.
    ///
    /// # Errors
    /// [`StateError::Busy`]: another follows them.
    pub(crate) fn watching(folder: &StateFolder) -> Result<Self, StateError> {
        Self::try_take(folder, "watch.lock", "watching")
    }

    async fn wait(
        folder: &StateFolder,
        name: &str,
        doing: &'static str,
        patience: Duration,
    ) -> Result<Self, StateError> {
        let until = Moment::now().after(patience);
        loop {
            match Self::try_take(folder, name, doing) {
                Err(StateError::Busy { .. }) if !until.remaining().is_zero() => {
                    tokio::time::sleep(PAUSE).await;
                }
                other => return other,
            }
        }
    }

    fn try_take(folder: &StateFolder, name: &str, doing: &'static str) -> Result<Self, StateError> {
        let path = folder.path().join(name);
        let io = |source| StateError::Io {
            path: path.clone(),
            what: "locked",
            source,
        };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(io)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => {
                let holder = fs::read_to_string(&path).unwrap_or_default();
                let by = holder.trim().parse::<u32>();
                let by = by.map_or_else(|_| String::new(), |id| format!(" (process {id})"));
                return Err(StateError::Busy { by, doing });
            }
            Err(errno) => return Err(io(errno.into())),
        }
        // Only for the message above: a full disk is no reason not to hold the lock.
        let _ = file
            .set_len(0)
            .and_then(|()| writeln!(file, "{}", std::process::id()));
        Ok(Self { _file: file })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::time::Duration;

    use super::{Lock, StateFolder};

    #[tokio::test]
    async fn who_comes_second_is_told_who_is_busy() {
        let root = tempfile::tempdir().unwrap();
        let folder = StateFolder::open(&root.path().join("state")).unwrap();
        let first = Lock::scanning(&folder, Duration::ZERO).await.unwrap();
        let error = Lock::scanning(&folder, Duration::ZERO).await.unwrap_err();
        let words = format!(
            "(process {}) is already running a cycle",
            std::process::id()
        );
        assert!(error.to_string().contains(&words), "{error}");
        drop(first);
        Lock::scanning(&folder, Duration::ZERO).await.unwrap();
    }

    #[tokio::test]
    async fn who_scans_keeps_nobody_from_reporting() {
        let root = tempfile::tempdir().unwrap();
        let folder = StateFolder::open(&root.path().join("state")).unwrap();
        let _cycle = Lock::scanning(&folder, Duration::ZERO).await.unwrap();
        Lock::reporting(&folder, Duration::ZERO).await.unwrap();
    }
}
