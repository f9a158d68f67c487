//! Groups: the changes that wait are made, committed together, told to the index and answered.

use std::{
    cell::RefCell,
    sync::{Arc, mpsc},
};

use index::Change as Told;
use model::moment::Moment;
use rusqlite::Connection;
use tokio::sync::watch;

use crate::{
    clock::Clock,
    store::{
        Result, StoreError,
        sqlite::{added::Added, commits, fleet::Fleet, ground::Ground},
    },
};

use super::{
    change::{Answer, Change},
    checkpoints::{self, Checkpoints},
};

/// At most so many changes share a commit.
const LARGEST_GROUP: usize = 512;

/// What the thread holds.
pub(super) struct Groups {
    pub(super) connection: Connection,
    pub(super) clock: Clock,
    /// The last commit.
    pub(super) last: Option<Moment>,
    pub(super) fleet: Arc<Fleet>,
    pub(super) added: RefCell<Added>,
    pub(super) checkpoints: Checkpoints,
}

impl Groups {
    /// Commits what waits, until the last way to the thread is gone.
    /// A failure that ends all writing is told to `ends`.
    pub(super) fn run(
        &mut self,
        waiting: &mpsc::Receiver<Change>,
        ends: &watch::Sender<Option<String>>,
    ) {
        while let Ok(first) = waiting.recv() {
            let group = std::iter::once(first)
                .chain(waiting.try_iter())
                .take(LARGEST_GROUP);
            if ends.borrow().is_some() {
                // A change that is dropped is answered with `unavailable`.
                group.for_each(drop);
            } else if let Err(StoreError::Engine(why)) = self.turn(group) {
                checkpoints::leave_alone(&self.connection);
                ends.send_replace(Some(why.to_string()));
            }
        }
        if ends.borrow().is_none() {
            self.finish();
        }
    }

    /// Commits a group, and takes the WAL over where that is due: what is committed is answered before.
    fn turn(&mut self, group: impl Iterator<Item = Change>) -> Result<()> {
        self.commit_group(group)
            .inspect_err(|error| tracing::error!(?error, "a commit failed"))?;
        self.checkpoints.run(&self.connection).inspect_err(untaken)
    }

    /// Leaves all that was committed in one file.
    fn finish(&self) {
        let taken = checkpoints::take_over_all(&self.connection);
        if taken.inspect_err(untaken).is_err() {
            checkpoints::leave_alone(&self.connection);
        }
    }

    /// Makes a group of changes, commits them, and answers each.
    fn commit_group(&mut self, group: impl Iterator<Item = Change>) -> Result<()> {
        let connection = &self.connection;
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let this = Moment::after(self.last, self.clock.now());
        let ground = Ground {
            connection,
            commit: this,
            latest: self.fleet.latest(),
            added: &self.added,
        };
        let (mut answers, mut told): (Vec<Answer>, Option<Vec<Told>>) = (Vec::new(), None);
        let mut broken = None;
        for change in group {
            // A full disk or a failed read can take the whole transaction along; what comes then is not begun.
            if !connection.is_autocommit() {
                let made = change(&ground);
                answers.push(made.answer);
                broken = broken.or(made.broken);
                if let Some(of_one) = made.told {
                    told.get_or_insert_default().extend(of_one);
                }
            }
        }
        // Where every change failed, there is nothing to number.
        let number = told.is_some().then_some(this);
        let committed = self
            .commit(number, broken)
            .and_then(|()| self.tell(this, told));
        self.added.borrow_mut().clear();
        for answer in answers {
            answer(committed.as_ref().copied().map_err(same));
        }
        committed
    }

    /// Commits; `broken` says why the engine failed a change, which may have ended the transaction.
    fn commit(&self, number: Option<Moment>, broken: Option<String>) -> Result<()> {
        let connection = &self.connection;
        if connection.is_autocommit() {
            return Err(broken.map_or(StoreError::Full, |why| StoreError::Engine(why.into())));
        }
        let noted = number.map_or(Ok(()), |this| {
            self.added.borrow().write(connection, this)?;
            commits::note(connection, self.last, this)
        });
        let committed =
            noted.and_then(|()| connection.execute_batch("COMMIT").map_err(StoreError::from));
        if committed.is_err() && !connection.is_autocommit() {
            connection.execute_batch("ROLLBACK")?;
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

fn untaken(error: &StoreError) {
    tracing::error!(?error, "the WAL could not be taken over into the database");
}

/// One commit's failure, said to each change of its group.
fn same(error: &StoreError) -> StoreError {
    match error {
        StoreError::Full => StoreError::Full,
        other => StoreError::Unavailable(format!("the change could not be committed: {other}")),
    }
}
