//! Groups: the changes that wait are made, committed together, told to the index and answered.

use std::{
    cell::RefCell,
    collections::HashSet,
    sync::Arc,
    time::{Duration, Instant},
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
    done::Done,
    waiting::Turns,
};

/// At most so many changes share a commit.
const LARGEST_GROUP: usize = 512;
/// Once it has taken so long to make them, no more come along: those who wait for the commit have
/// waited long enough.
const LONGEST_GROUP: Duration = Duration::from_millis(100);

/// What the thread holds.
pub(super) struct Groups {
    pub(super) connection: Connection,
    pub(super) clock: Clock,
    /// The last commit.
    pub(super) last: Option<Moment>,
    pub(super) fleet: Arc<Fleet>,
    pub(super) added: RefCell<Added>,
    pub(super) checkpoints: Checkpoints,
    pub(super) done: Arc<Done>,
}

impl Groups {
    /// Commits what waits, until the last way to the thread is gone.
    /// A failure that ends all writing is told to `ends`.
    pub(super) fn run(&mut self, waiting: &Turns, ends: &watch::Sender<Option<String>>) {
        loop {
            let mut hosts = HashSet::new();
            let Some(first) = waiting.first(&mut hosts) else {
                break;
            };
            let ended = ends.borrow().clone();
            if let Some(why) = ended {
                refuse(first, &StoreError::Unavailable(why));
            } else if let Err(StoreError::Engine(why)) = self.turn(first, waiting, hosts) {
                checkpoints::leave_alone(&self.connection);
                ends.send_replace(Some(why.to_string()));
            }
        }
        if ends.borrow().is_none() {
            self.finish();
        }
    }

    /// Commits a group, and takes the WAL over where that is due: what is committed is answered before.
    fn turn(&mut self, first: Change, waiting: &Turns, hosts: HashSet<i64>) -> Result<()> {
        self.commit_group(first, waiting, hosts)
            .inspect_err(not_committed)?;
        self.checkpoints.run(&self.connection).inspect_err(untaken)
    }

    /// Leaves all that was committed in one file.
    fn finish(&self) {
        let taken = checkpoints::take_over_all(&self.connection);
        if taken.inspect_err(untaken).is_err() {
            checkpoints::leave_alone(&self.connection);
        }
    }

    /// Makes a group of changes, commits them, and answers each. Of each host it has one at most.
    fn commit_group(
        &mut self,
        first: Change,
        waiting: &Turns,
        mut hosts: HashSet<i64>,
    ) -> Result<()> {
        let connection = &self.connection;
        if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE") {
            let error = StoreError::from(error);
            refuse_all(first, waiting, &error);
            return Err(error);
        }
        let begun = Instant::now();
        let this = Moment::after(self.last, self.clock.now());
        let ground = Ground {
            connection,
            commit: this,
            latest: self.fleet.latest(),
            added: &self.added,
        };
        let (mut answers, mut told): (Vec<Answer>, Option<Vec<Told>>) = (Vec::new(), None);
        let mut broken = None;
        let mut next = Some(first);
        while let Some(change) = next {
            let made = change(Ok(&ground));
            answers.push(made.answer);
            broken = broken.or(made.broken);
            if let Some(of_one) = made.told {
                told.get_or_insert_default().extend(of_one);
            }
            // A full disk or a failed read can take the whole transaction along; what comes then is
            // not begun.
            let goes_on = answers.len() < LARGEST_GROUP
                && begun.elapsed() < LONGEST_GROUP
                && !connection.is_autocommit();
            next = goes_on.then(|| waiting.next(&mut hosts)).flatten();
        }
        // Where every change failed, there is nothing to number.
        let number = told.is_some().then_some(this);
        let committed = self
            .commit(number, broken)
            .and_then(|()| self.tell(this, told));
        self.added.borrow_mut().clear();
        self.done.group(answers.len(), begun.elapsed());
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

fn not_committed(error: &StoreError) {
    match error {
        StoreError::Full => tracing::error!(
            "a commit failed: the disk that holds the database is full; make room there"
        ),
        error => tracing::error!(?error, "a commit failed"),
    }
}

fn untaken(error: &StoreError) {
    tracing::error!(?error, "the WAL could not be taken over into the database");
}

/// Refuses everything that waits, where no commit can begin: it would wait as long for its own. What comes after the
/// first is told has a turn of its own.
fn refuse_all(first: Change, waiting: &Turns, error: &StoreError) {
    let others = std::iter::from_fn(|| waiting.next(&mut HashSet::new()));
    let all: Vec<Change> = std::iter::once(first).chain(others).collect();
    for change in all {
        refuse(change, error);
    }
}

fn refuse(change: Change, error: &StoreError) {
    let refused = change(Err(same(error)));
    (refused.answer)(Ok(()));
}

/// One commit's failure, said to each change of its group.
fn same(error: &StoreError) -> StoreError {
    match error {
        StoreError::Full => StoreError::Full,
        other => StoreError::Unavailable(format!("the change could not be committed: {other}")),
    }
}
