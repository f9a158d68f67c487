//! The readers: a few connections that each answer one question at a time, in bounded time.

use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use model::bounds;
use rusqlite::Connection;
use tokio::sync::Semaphore;

use crate::{
    blocking::elsewhere,
    store::{Result, StoreError},
};

use super::{
    asker::{Asker, turn},
    connection::open_reader,
};

/// So many steps of SQLite's are between two looks at the clock.
const STEPS: i32 = 10_000;

/// Connections that only read.
#[derive(Clone)]
pub struct Readers {
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
    /// How long an answer may take.
    most: Duration,
}

/// Until when an answer is worth anything.
#[derive(Clone)]
struct Worth {
    gone: Arc<AtomicBool>,
    until: Instant,
    most: Duration,
}

impl Worth {
    fn is_over(&self) -> bool {
        self.gone.load(Ordering::Relaxed) || Instant::now() > self.until
    }

    /// What is said where it was over before there was an answer.
    fn refusal(&self) -> StoreError {
        match self.gone.load(Ordering::Relaxed) {
            true => StoreError::Unavailable("the asker is gone".to_owned()),
            false => StoreError::TooLarge {
                message: format!("the answer took longer than {} s", self.most.as_secs()),
                hint: "ask for less: name a host or an image, or set a limit",
            },
        }
    }
}

impl Readers {
    /// Opens so many of them.
    ///
    /// # Errors
    /// [`StoreError`] where the file can't be opened.
    pub fn open(path: &Path, count: usize) -> Result<Self> {
        Self::patient(path, count, bounds::ROWS_TIME)
    }

    fn patient(path: &Path, count: usize, most: Duration) -> Result<Self> {
        let idle = (0..count)
            .map(|_| open_reader(path))
            .collect::<Result<_>>()?;
        Ok(Self {
            idle: Arc::new(Mutex::new(idle)),
            permits: Arc::new(Semaphore::new(count)),
            most,
        })
    }

    /// Answers a question from one moment's state, on a thread where blocking is fine. SQLite's part
    /// of it ends once it takes too long, or nobody waits for it.
    ///
    /// # Errors
    /// What the question answers; [`StoreError::TooLarge`] where it takes too long,
    /// [`StoreError::Busy`] where too many others are answered, [`StoreError::Unavailable`] while
    /// the server stops.
    pub async fn read<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let permit = turn(&self.permits, bounds::TURN).await?;
        let idle = Arc::clone(&self.idle);
        let asker = Asker::default();
        let (gone, most) = (asker.gone(), self.most);
        let answer = elsewhere(move || {
            let _permit = permit;
            let none = || StoreError::Engine("there is no connection for a reader".into());
            let mut connection = lock(&idle).pop().ok_or_else(none)?;
            let until = Instant::now() + most;
            let worth = Worth { gone, until, most };
            let answer = snapshot(&mut connection, &worth, question);
            lock(&idle).push(connection);
            answer
        });
        answer.await?
    }
}

/// A transaction keeps every statement of one question on the same state.
fn snapshot<T>(
    connection: &mut Connection,
    worth: &Worth,
    question: impl FnOnce(&Connection) -> Result<T>,
) -> Result<T> {
    let looked_at = worth.clone();
    connection.progress_handler(STEPS, Some(move || looked_at.is_over()))?;
    let transaction = connection.transaction()?;
    // A panic in the question must not cost the pool its connection.
    let answer = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| question(&transaction)))
        .unwrap_or_else(|_| Err(StoreError::Engine("a question panicked".into())));
    match answer {
        Err(StoreError::Engine(_)) if worth.is_over() => Err(worth.refusal()),
        answer => answer,
    }
}

fn lock(idle: &Mutex<Vec<Connection>>) -> std::sync::MutexGuard<'_, Vec<Connection>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::store::sqlite::connection::open_writer;

    const ENDLESS: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) \
                           SELECT count(*) FROM n";

    fn endless(connection: &Connection) -> Result<i64> {
        Ok(connection.query_row(ENDLESS, [], |row| row.get(0))?)
    }

    #[tokio::test]
    async fn an_answer_that_takes_too_long_ends_and_so_does_one_that_nobody_waits_for() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.db");
        open_writer(&path).unwrap();
        let readers = Readers::patient(&path, 1, Duration::from_millis(20)).unwrap();
        for _ in 0..3 {
            let answer = readers.read(endless).await;
            assert!(
                matches!(answer, Err(StoreError::TooLarge { .. })),
                "{answer:?}"
            );
        }
        assert_eq!(readers.read(|_| Ok(1)).await.unwrap(), 1);
        let readers = Readers::patient(&path, 1, Duration::from_secs(3600)).unwrap();
        let asked = tokio::time::timeout(Duration::from_millis(20), readers.read(endless));
        assert!(asked.await.is_err());
        // The only connection is back.
        assert_eq!(readers.read(|_| Ok(1)).await.unwrap(), 1);
    }

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
