//! The writer: one thread that puts the changes that wait into one transaction.
//!
//! A commit has a number and a time, which all of its changes share: it takes them as it begins.
//! A change is answered only after the commit that holds it. Each has a savepoint of its own, so
//! that one that fails takes nothing of the others along. No host holds the others up: a commit has
//! one change of each, and begins no more once it has taken long. A commit or a checkpoint that fails
//! for anything but a full disk ends all writing: what the file holds is then not known until it is
//! opened again. The server says so and ends, for whatever started it to start it again.

#[cfg(test)]
mod tests;

mod change;
mod checkpoints;
mod done;
mod group;
mod waiting;

use std::{cell::RefCell, sync::Arc, thread, time::Duration};

use index::Change as Told;
use rusqlite::Connection;
use tokio::sync::{oneshot, watch};
use tracing::Span;

use crate::{
    clock::Clock,
    store::{Result, StoreError, Work},
};

use super::{added::Added, commits, fleet::Fleet, ground::Ground};
use change::{Change, Made, in_savepoint};
use checkpoints::Checkpoints;
use done::Done;
use group::Groups;
use waiting::{Refused, Turns, Waiting, Whose};

/// What is said where the thread has not said why.
const ENDED: &str = "the writer has ended";
/// After how long to come again where too many changes wait.
const AGAIN: Duration = Duration::from_secs(5);

/// The way to the writer's thread, which ends when the last way to it is gone.
pub struct Writer {
    waiting: Arc<Waiting>,
    thread: Option<thread::JoinHandle<()>>,
    /// Why writing has ended; the other end is gone where the thread is.
    end: watch::Receiver<Option<String>>,
    done: Arc<Done>,
}

impl Writer {
    /// Starts the thread.
    ///
    /// # Errors
    /// [`StoreError::Engine`] where the last commit can't be read, what the WAL holds can't be taken
    /// over into the database, or the system has no thread to give.
    pub fn start(mut connection: Connection, clock: Clock, fleet: Arc<Fleet>) -> Result<Self> {
        // What a server that was killed left in it, or what migrations wrote.
        checkpoints::take_over_all(&connection)?;
        let checkpoints = Checkpoints::of(&mut connection)?;
        let last = commits::last(&connection)?;
        let added = Added::beside(&connection)?;
        let waiting = Arc::<Waiting>::default();
        let turns = Turns(Arc::clone(&waiting));
        let done = Arc::<Done>::default();
        let noted = Arc::clone(&done);
        let (ends, end) = watch::channel(None);
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || {
                let mut groups = Groups {
                    added: RefCell::new(added),
                    checkpoints,
                    connection,
                    clock,
                    last,
                    fleet,
                    done: noted,
                };
                groups.run(&turns, &ends);
            })
            .map_err(|error| StoreError::Engine(Box::new(error)))?;
        Ok(Self {
            waiting,
            thread: Some(thread),
            end,
            done,
        })
    }

    /// Whether changes can be made.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] with the reason why none can, until the store is opened again.
    pub fn check(&self) -> Result<()> {
        let why = match self.end.borrow().as_ref() {
            Some(why) => why.clone(),
            None if self.end.has_changed().is_err() => ENDED.to_owned(),
            None => return Ok(()),
        };
        Err(StoreError::Unavailable(why))
    }

    /// What it has done, and what waits.
    pub fn work(&self) -> Work {
        Work {
            waiting: self.waiting.count() as u64,
            ..self.done.work()
        }
    }

    /// Waits until no change can be made any more; says why.
    pub async fn ended(&self) -> String {
        let mut end = self.end.clone();
        let why = end.wait_for(Option::is_some).await;
        why.map_or(None, |why| why.clone())
            .unwrap_or_else(|| ENDED.to_owned())
    }

    /// Makes a change and waits until it is safe on the disk, and in the index by what it tells. One
    /// of a host that nobody waits for when its turn comes is not made: the host tells it again. Anybody
    /// else's is, as whoever revokes a token and hangs up expects.
    ///
    /// # Errors
    /// What the change answers, or why it could not be committed; [`StoreError::Busy`] where too many
    /// wait, of this host or of all.
    pub async fn write<T: Send + 'static>(
        &self,
        whose: Whose,
        change: impl FnOnce(&Ground<'_>) -> Result<(T, Vec<Told>)> + Send + 'static,
    ) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let request = Span::current();
        let change: Change = Box::new(move |ground| {
            let _logged = request.entered();
            if whose.is_some() && answer.is_closed() {
                return Made::nothing();
            }
            let outcome = ground.and_then(|ground| in_savepoint(ground, change));
            let broken = match &outcome {
                Err(StoreError::Engine(error)) => Some(error.to_string()),
                _ => None,
            };
            let (outcome, told) = match outcome {
                Ok((value, told)) => (Ok(value), Some(told)),
                Err(error) => (Err(error), None),
            };
            Made {
                told,
                broken,
                answer: Box::new(move |committed| {
                    // The request may be gone by now; the change stands all the same.
                    let _ = answer.send(outcome.and_then(|value| committed.map(|()| value)));
                }),
            }
        });
        self.let_wait(whose, change)?;
        answered.await.map_err(|_| gone())?
    }

    /// Waits until the thread has taken a change, one that changes nothing and has no number.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: no change can be made any more.
    pub async fn alive(&self) -> Result<()> {
        let (answer, answered) = oneshot::channel();
        let change: Change = Box::new(move |ground| {
            let outcome = ground.map(|_| ());
            Made {
                told: None,
                broken: None,
                answer: Box::new(move |committed| {
                    let _ = answer.send(outcome.and(committed));
                }),
            }
        });
        let taken = match self.let_wait(None, change) {
            Ok(()) => answered.await.map_err(|_| gone())?,
            Err(error) => Err(error),
        };
        match taken {
            // Neither want of room nor too many who wait is a thread that hangs.
            Err(StoreError::Full | StoreError::Busy(_)) => Ok(()),
            other => other,
        }
    }

    fn let_wait(&self, whose: Whose, change: Change) -> Result<()> {
        let waits = self.waiting.push(whose, change);
        waits.map_err(|refused| match refused {
            Refused::Full => StoreError::Busy(AGAIN),
            Refused::Ended => gone(),
        })
    }
}

fn gone() -> StoreError {
    StoreError::Unavailable(ENDED.to_owned())
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.waiting.end();
        if let Some(thread) = self.thread.take() {
            // What waited is committed by now, or its failure is logged.
            let _ = thread.join();
        }
    }
}
