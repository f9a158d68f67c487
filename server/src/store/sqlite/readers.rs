//! The readers: a few connections that each answer one question at a time.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use crate::store::{Result, StoreError};

use super::connection::open_reader;

/// Connections that only read.
#[derive(Clone)]
pub struct Readers {
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    /// Opens so many of them.
    ///
    /// # Errors
    /// [`StoreError`] where the file can't be opened.
    pub fn open(path: &Path, count: usize) -> Result<Self> {
        let idle = (0..count)
            .map(|_| open_reader(path))
            .collect::<Result<_>>()?;
        Ok(Self {
            idle: Arc::new(Mutex::new(idle)),
            permits: Arc::new(Semaphore::new(count)),
        })
    }

    /// Answers a question from one moment's state, on a thread where blocking is fine.
    ///
    /// # Errors
    /// What the question answers, or [`StoreError::Unavailable`] while the server stops.
    pub async fn read<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let stopping = || StoreError::Unavailable("the server is stopping".to_owned());
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        let permit = permit.map_err(|_| stopping())?;
        let idle = Arc::clone(&self.idle);
        let answer = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let mut connection = lock(&idle).pop().ok_or_else(stopping)?;
            let answer = snapshot(&mut connection, question);
            lock(&idle).push(connection);
            answer
        });
        answer
            .await
            .map_err(|panic| StoreError::Engine(Box::new(panic)))?
    }
}

/// A transaction keeps every statement of one question on the same state.
fn snapshot<T>(
    connection: &mut Connection,
    question: impl FnOnce(&Connection) -> Result<T>,
) -> Result<T> {
    let transaction = connection.transaction()?;
    // A panic in the question must not cost the pool its connection.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| question(&transaction)))
        .unwrap_or_else(|_| Err(StoreError::Engine("a question panicked".into())))
}

fn lock(idle: &Mutex<Vec<Connection>>) -> std::sync::MutexGuard<'_, Vec<Connection>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::store::sqlite::connection::open_writer;

    #[tokio::test]
    async fn a_question_that_panics_costs_no_reader() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.db");
        open_writer(&path).unwrap();
        let readers = Readers::open(&path, 2).unwrap();
        for _ in 0..5 {
            let answer: Result<()> = readers.read(|_| panic!("on purpose")).await;
            assert!(matches!(answer, Err(StoreError::Engine(_))), "{answer:?}");
        }
        assert_eq!(readers.read(|_| Ok(1)).await.unwrap(), 1);
    }
}
