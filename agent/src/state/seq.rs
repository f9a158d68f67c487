//! The counter that orders a host's reports, taken before podman is asked.

use std::{cell::Cell, fs, io, path::PathBuf};

use super::{
    atomic,
    error::{StateError, way_out},
    folder::StateFolder,
    lock::Lock,
};

/// The counter; only who holds the lock on reporting can count.
#[derive(Debug)]
pub(crate) struct Seq<'a> {
    path: PathBuf,
    /// The last number that was taken without being kept: on a full disk a host goes on reporting.
    unkept: Cell<u64>,
    _lock: &'a Lock,
}

impl<'a> Seq<'a> {
    /// The counter in `folder`.
    pub(crate) fn new(folder: &StateFolder, lock: &'a Lock) -> Self {
        Self {
            path: folder.path().join("seq"),
            unkept: Cell::new(0),
            _lock: lock,
        }
    }

    /// The next number; it is on disk before anyone sees it. Where the disk is full it may be taken
    /// again by the next agent, and is refused by the server then, which mends it.
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
        let last = self.last()?.max(self.unkept.get());
        self.write(last.saturating_add(count))?;
        Ok(last.saturating_add(1))
    }

    /// Leaps, so that the next number is over `seq`.
    ///
    /// # Errors
    /// [`StateError::Io`]: it can't be written.
    pub(crate) fn leap(&self, seq: u64) -> Result<(), StateError> {
        if self.last()?.max(self.unkept.get()) < seq {
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
        // Each number is as long as any other, so that one can be written over another.
        let text = format!("{seq:020}\n");
        let error = match atomic::write(&self.path, text.as_bytes()) {
            Err(error) if is_full(&error) => error,
            written => return written.map_err(|source| self.io("written", source)),
        };
        tracing::warn!(
            "{} can't be replaced: {error}; {}; reporting goes on",
            self.path.display(),
            way_out(&error)
        );
        match atomic::overwrite(&self.path, text.as_bytes()) {
            Err(error) if is_full(&error) || error.kind() == io::ErrorKind::NotFound => {
                self.unkept.set(seq);
                Ok(())
            }
            written => written.map_err(|source| self.io("written", source)),
        }
    }

    fn io(&self, what: &'static str, source: io::Error) -> StateError {
        let path = self.path.clone();
        StateError::Io { path, what, source }
    }
}

/// Whether there is no room to write.
fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
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
