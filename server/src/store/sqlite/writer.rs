//! The writer: one thread that puts the changes that wait into one transaction.
//!
//! A commit has a number and a time, which all of its changes share: it takes them as it begins.
//! A change is answered only after the commit that holds it. Each has a savepoint of its own, so
//! that one that fails takes nothing of the others along. A commit that fails for anything but a
//! full disk ends all writing: what the file holds is then not known until it is opened again.

use std::{
    sync::{Arc, mpsc},
    thread,
};

use index::Change as Told;
use model::moment::Moment;
use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::{
    clock::Clock,
    store::{Result, StoreError},
};

use super::{commits, fleet::Fleet};

/// At most so many changes share a commit.
const LARGEST_GROUP: usize = 512;

/// Answers one change, once it is known what became of the commit.
type Answer = Box<dyn FnOnce(Result<()>) + Send>;
type Change = Box<dyn FnOnce(&Connection, Moment) -> Made + Send>;

/// A change that was made, or failed.
struct Made {
    /// What the index is told of it; `None` where it failed.
    told: Option<Vec<Told>>,
    answer: Answer,
}

/// The way to the writer's thread, which ends when the last way to it is gone.
pub struct Writer {
    changes: Option<mpsc::Sender<Change>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread.
    ///
    /// # Errors
    /// [`StoreError::Engine`] where the last commit can't be read, or the system has no thread to
    /// give.
    pub fn start(connection: Connection, clock: Clock, fleet: Arc<Fleet>) -> Result<Self> {
        let last = commits::last(&connection)?;
        let (changes, waiting) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || {
                let mut commits = Commits {
                    connection,
                    clock,
                    last,
                    fleet,
                };
                commits.run(&waiting);
            })
            .map_err(|error| StoreError::Engine(Box::new(error)))?;
        Ok(Self {
            changes: Some(changes),
            thread: Some(thread),
        })
    }

    /// Makes a change and waits until it is safe on the disk, and in the index by what it tells.
    ///
    /// # Errors
    /// What the change answers, or why it could not be committed.
    pub async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Connection, Moment) -> Result<(T, Vec<Told>)> + Send + 'static,
    ) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let change: Change = Box::new(move |connection, commit| {
            let outcome = in_savepoint(connection, |connection| change(connection, commit));
            let (outcome, told) = match outcome {
                Ok((value, told)) => (Ok(value), Some(told)),
                Err(error) => (Err(error), None),
            };
            Made {
                told,
                answer: Box::new(move |committed| {
                    // The request may be gone by now; the change stands all the same.
                    let _ = answer.send(outcome.and_then(|value| committed.map(|()| value)));
                }),
            }
        });
        let gone = || StoreError::Unavailable("the writer has ended".to_owned());
        let sender = self.changes.as_ref().ok_or_else(gone)?;
        sender.send(change).map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.changes = None;
        if let Some(thread) = self.thread.take() {
            // What waited is committed by now, or its failure is logged.
            let _ = thread.join();
        }
    }
}

/// The thread's state.
struct Commits {
    connection: Connection,
    clock: Clock,
    last: Option<Moment>,
    fleet: Arc<Fleet>,
}

impl Commits {
    fn run(&mut self, waiting: &mpsc::Receiver<Change>) {
        let mut broken = false;
        while let Ok(first) = waiting.recv() {
            let group = std::iter::once(first)
                .chain(waiting.try_iter())
                .take(LARGEST_GROUP);
            if broken {
                // A change that is dropped is answered with `unavailable`.
                group.for_each(drop);
            } else if let Err(error) = self.commit_group(group) {
                tracing::error!(error = ?error, "a commit failed");
                broken = matches!(error, StoreError::Engine(_));
            }
        }
    }

    /// Makes a group of changes, commits them, and answers each.
    fn commit_group(&mut self, group: impl Iterator<Item = Change>) -> Result<()> {
        let connection = &self.connection;
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let this = Moment::after(self.last, self.clock.now());
        let (mut answers, mut told): (Vec<Answer>, Option<Vec<Told>>) = (Vec::new(), None);
        for change in group {
            // A full disk can take the whole transaction along; what comes then is not begun.
            if !connection.is_autocommit() {
                let made = change(connection, this);
                answers.push(made.answer);
                if let Some(of_one) = made.told {
                    told.get_or_insert_default().extend(of_one);
                }
            }
        }
        // Where every change failed, there is nothing to number.
        let number = told.is_some().then_some(this);
        let committed = commit(connection, self.last, number).and_then(|()| self.tell(this, told));
        for answer in answers {
            answer(committed.as_ref().copied().map_err(same));
        }
        committed
    }

    /// Tells the index of what was committed, before any of it is answered.
    fn tell(&mut self, this: Moment, told: Option<Vec<Told>>) -> Result<()> {
        let Some(told) = told else {
            return Ok(());
        };
        self.last = Some(this);
        let told = self.fleet.take_in(&self.connection, this, told);
        // What is asked from now on would be answered from an older state: nothing more is written.
        told.map_err(|error| StoreError::Engine(Box::new(error)))
    }
}

fn commit(connection: &Connection, last: Option<Moment>, number: Option<Moment>) -> Result<()> {
    if connection.is_autocommit() {
        return Err(StoreError::Full);
    }
    let noted = number.map_or(Ok(()), |this| commits::note(connection, last, this));
    let committed =
        noted.and_then(|()| connection.execute_batch("COMMIT").map_err(StoreError::from));
    if committed.is_err() && !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK")?;
    }
    committed
}

/// One commit's failure, said to each change of its group.
fn same(error: &StoreError) -> StoreError {
    match error {
        StoreError::Full => StoreError::Full,
        other => StoreError::Unavailable(format!("the change could not be committed: {other}")),
    }
}

fn in_savepoint<T>(
    connection: &Connection,
    change: impl FnOnce(&Connection) -> Result<T>,
) -> Result<T> {
    connection.execute_batch("SAVEPOINT change")?;
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| change(connection)))
        .unwrap_or_else(|_| Err(StoreError::Engine("a change panicked".into())));
    if connection.is_autocommit() {
        // A full disk took the transaction along, and the savepoint with it.
        return outcome.and(Err(StoreError::Full));
    }
    let end = match outcome {
        Ok(_) => "RELEASE change",
        Err(_) => "ROLLBACK TO change; RELEASE change",
    };
    connection.execute_batch(end)?;
    outcome
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::store::sqlite::{connection::open_writer, migrations};

    async fn rows(writer: &Writer) -> i64 {
        let count = |c: &Connection, _| {
            Ok((
                c.query_row("SELECT count(*) FROM t", [], |r| r.get(0))?,
                vec![],
            ))
        };
        writer.write(count).await.unwrap()
    }

    fn insert(connection: &Connection, _: Moment) -> Result<((), Vec<Told>)> {
        connection.execute_batch("INSERT INTO t VALUES (zeroblob(1000))")?;
        Ok(((), vec![]))
    }

    fn writer() -> (tempfile::TempDir, Writer) {
        let dir = tempfile::tempdir().unwrap();
        let mut connection = open_writer(&dir.path().join("x.db")).unwrap();
        migrations::apply(&mut connection).unwrap();
        connection.execute_batch("CREATE TABLE t (x)").unwrap();
        let fleet = Arc::new(Fleet::load(&connection).unwrap());
        (
            dir,
            Writer::start(connection, Clock::system(), fleet).unwrap(),
        )
    }

    #[tokio::test]
    async fn a_change_that_fails_or_panics_takes_no_other_along() {
        let (_dir, writer) = writer();
        let failing = writer.write(|c, commit| {
            insert(c, commit)?;
            Err::<((), _), _>(StoreError::invalid("no"))
        });
        let panicking = writer.write(|c, commit| {
            insert(c, commit)?;
            assert!(c.is_autocommit(), "on purpose");
            Ok(((), vec![]))
        });
        let (failed, panicked, good) = tokio::join!(failing, panicking, writer.write(insert));
        assert!(matches!(failed, Err(StoreError::Invalid { .. })));
        assert!(matches!(panicked, Err(StoreError::Engine(_))));
        good.unwrap();
        assert_eq!(rows(&writer).await, 1);
    }

    #[tokio::test]
    async fn a_full_disk_is_said_to_be_full_and_writing_goes_on_once_there_is_room() {
        let (_dir, writer) = writer();
        let bound = |pages: i64| {
            move |c: &Connection, _: Moment| {
                let used: i64 = c.pragma_query_value(None, "page_count", |row| row.get(0))?;
                c.pragma_update_and_check(None, "max_page_count", used + pages, |_| Ok(()))?;
                Ok(((), vec![]))
            }
        };
        writer.write(bound(5)).await.unwrap();
        let full = loop {
            if let Err(error) = writer.write(insert).await {
                break error;
            }
        };
        assert!(matches!(full, StoreError::Full), "{full:?}");
        let kept = rows(&writer).await;
        assert!(matches!(writer.write(insert).await, Err(StoreError::Full)));
        writer.write(bound(5000)).await.unwrap();
        writer.write(insert).await.unwrap();
        assert_eq!(rows(&writer).await, kept + 1);
    }

    #[tokio::test]
    async fn a_change_whose_transaction_a_full_disk_ended_is_said_to_be_full() {
        let (_dir, writer) = writer();
        let ended = writer.write(|c, commit| {
            insert(c, commit)?;
            c.execute_batch("ROLLBACK")?;
            Err::<((), _), _>(StoreError::Full)
        });
        assert!(matches!(ended.await, Err(StoreError::Full)));
        writer.write(insert).await.unwrap();
        assert_eq!(rows(&writer).await, 1);
    }
}
