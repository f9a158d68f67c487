//! The counter that orders a host's reports, taken before podman is asked.

use std::{fs, io, path::PathBuf};

use super::{atomic, error::StateError, folder::StateFolder, lock::Lock};

/// The counter; only who holds the lock on reporting can count.
#[derive(Debug)]
pub(crate) struct Seq<'a> {
    path: PathBuf,
    _lock: &'a Lock,
}

impl<'a> Seq<'a> {
    /// The counter in `folder`.
    pub(crate) fn new(folder: &StateFolder, lock: &'a Lock) -> Self {
        Self {
            path: folder.path().join("seq"),
            _lock: lock,
        }
    }

    /// The next number; it is on disk before anyone sees it.
    ///
    /// # Errors
    /// [`StateError::Io`]: it can't be written.
    pub(crate) fn take(&self) -> Result<u64, StateError> {
        self.take_many(1)
    }

    /// The first of the next `count` numbers, which all are taken.
    ///
    /// # Errors
    /// [`StateError::Io`]: it can't be written.
    pub(crate) fn take_many(&self, count: u64) -> Result<u64, StateError> {
        let last = self.last()?;
        self.write(last.saturating_add(count))?;
        Ok(last.saturating_add(1))
    }

    /// Leaps, so that the next number is over `seq`.
    ///
    /// # Errors
    /// [`StateError::Io`]: it can't be written.
    pub(crate) fn leap(&self, seq: u64) -> Result<(), StateError> {
        if self.last()? < seq {
            self.write(seq)?;
        }
        Ok(())
    }

    /// The last number taken. A lost or damaged counter starts again: the server's `stale_report`
    /// mends it.
    fn last(&self) -> Result<u64, StateError> {
        match fs::read_to_string(&self.path) {
            Ok(text) => Ok(text.trim().parse().unwrap_or_else(|_| {
                tracing::warn!(path = %self.path.display(), "the counter is damaged and starts again");
                0
            })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(0),
            Err(source) => Err(self.io("read", source)),
        }
    }

    fn write(&self, seq: u64) -> Result<(), StateError> {
        atomic::write(&self.path, format!("{seq}\n").as_bytes())
            .map_err(|source| self.io("written", source))
    }

    fn io(&self, what: &'static str, source: io::Error) -> StateError {
        let path = self.path.clone();
        StateError::Io { path, what, source }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::{fs, time::Duration};

    use super::{Lock, Seq, StateFolder};

    #[tokio::test]
    async fn each_number_is_over_the_last_and_over_what_the_server_knows() {
        let root = tempfile::tempdir().unwrap();
        let folder = StateFolder::open(&root.path().join("state")).unwrap();
        let lock = Lock::reporting(&folder, Duration::ZERO).await.unwrap();
        let seq = Seq::new(&folder, &lock);
        assert_eq!(seq.take().unwrap(), 1);
        assert_eq!(seq.take().unwrap(), 2);
        seq.leap(40).unwrap();
        assert_eq!(seq.take().unwrap(), 41);
        seq.leap(7).unwrap();
        assert_eq!(Seq::new(&folder, &lock).take().unwrap(), 42);
    }

    #[tokio::test]
    async fn a_damaged_counter_starts_again() {
        let root = tempfile::tempdir().unwrap();
        let folder = StateFolder::open(&root.path().join("state")).unwrap();
        let lock = Lock::reporting(&folder, Duration::ZERO).await.unwrap();
        for damage in [&b""[..], b"x", b"\xff\xff"] {
            fs::write(folder.path().join("seq"), damage).unwrap();
            assert_eq!(Seq::new(&folder, &lock).take().unwrap(), 1);
        }
    }
}
