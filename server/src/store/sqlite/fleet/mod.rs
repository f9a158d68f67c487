//! The fleet in memory, beside the rows that are the truth: it is told of each commit in its order,
//! and answers `find`.

mod load;

use std::{
    collections::VecDeque,
    sync::{
        Mutex, MutexGuard, PoisonError, RwLockReadGuard, TryLockError,
        atomic::{AtomicBool, Ordering},
    },
};

use index::{Change, Commit, Index};
use jiff::SignedDuration;
use model::moment::Moment;
use proto_types::Timestamp;
use rusqlite::Connection;

use crate::store::{
    Result, StoreError,
    sqlite::{latest::Latest, numbers::number},
};

/// What was replaced is kept for so long: until then, the pages of an answer stay what they were.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
/// How often it is noted which commit there was, to let go of what is older.
const NOTED: SignedDuration = SignedDuration::from_mins(1);

/// The index while it is read; commits wait until it is let go of.
pub type Reading<'f> = RwLockReadGuard<'f, Index>;

/// The index, for many that ask and one that tells.
pub struct Fleet {
    index: Latest,
    /// Whether it can't be brought to what the database holds.
    is_behind: AtomicBool,
    /// Whether a commit waits to be taken in.
    waits: AtomicBool,
    /// Held while a long question is worked on.
    turn: Mutex<()>,
    noted: Mutex<VecDeque<(u64, Timestamp)>>,
}

impl Fleet {
    /// Reads the fleet from the database.
    ///
    /// # Errors
    /// [`StoreError`] where a row can't be read or makes no sense.
    pub fn load(connection: &Connection) -> Result<Self> {
        Ok(Self {
            index: Latest::new(load::index(connection)?),
            is_behind: AtomicBool::default(),
            waits: AtomicBool::default(),
            turn: Mutex::default(),
            noted: Mutex::default(),
        })
    }

    /// Takes in what was committed. Where that doesn't fit what is known, all of it is read again.
    ///
    /// # Errors
    /// [`StoreError`] where that can't be done either.
    pub fn take_in(
        &self,
        connection: &Connection,
        commit: Moment,
        changes: Vec<Change>,
    ) -> Result<()> {
        let seq = number(commit.seq)?;
        let at = commit.at;
        self.waits.store(true, Ordering::Relaxed);
        let mut index = self.index.write();
        self.waits.store(false, Ordering::Relaxed);
        if changes
            .iter()
            .any(|change| matches!(change, Change::ArtifactDropped { .. }))
        {
            self.index.note_drop();
        }
        if let Err(error) = index.apply(&Commit { seq, at, changes }) {
            tracing::warn!(%error, "the index doesn't fit the database and is built again");
            // Nothing of it is good until it is.
            self.is_behind.store(true, Ordering::Release);
            *index = load::index(connection)?;
            self.is_behind.store(false, Ordering::Release);
        }
        if let Some(old) = self.let_go(seq, at) {
            index.forget(old);
        }
        Ok(())
    }

    /// The index, as of a commit that stays the last one for as long as this is held. It has been
    /// told of everything that was answered, so whoever takes it first and then a state of the
    /// database has there the same commit or the one after it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it can't be brought to what the database holds.
    pub fn read(&self) -> Result<Reading<'_>> {
        let index = self.index.read();
        if self.is_behind.load(Ordering::Acquire) {
            let late = "the index is behind the database".to_owned();
            return Err(StoreError::Unavailable(late));
        }
        Ok(index)
    }

    /// The index as it is.
    pub const fn latest(&self) -> &Latest {
        &self.index
    }

    /// Whether a commit waits until the index is let go of; others that ask wait behind that.
    pub fn is_waited_for(&self) -> bool {
        self.waits.load(Ordering::Relaxed)
    }

    /// The turn of a long question, where no other one has it.
    pub fn turn(&self) -> Option<MutexGuard<'_, ()>> {
        match self.turn.try_lock() {
            Ok(turn) => Some(turn),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// The commit before which nothing is kept any more, once a minute; 0 where all is kept.
    fn let_go(&self, seq: u64, at: Timestamp) -> Option<u64> {
        let mut noted = lock(&self.noted);
        let last = noted.back().map(|(_, last)| at.duration_since(*last));
        if last.is_some_and(|passed| passed.abs() < NOTED) {
            return None;
        }
        noted.push_back((seq, at));
        let mut old = 0;
        while let Some((seq, then)) = noted.front() {
            // Also where the clock was set back: what is noted is no more than it would be.
            if at.duration_since(*then).abs() < KEPT {
                break;
            }
            old = *seq;
            noted.pop_front();
        }
        Some(old)
    }
}

/// The last commit that an index was told of.
pub fn last(index: &Index) -> Result<Moment> {
    let seq = i64::try_from(index.seq());
    Ok(Moment {
        seq: seq.map_err(|error| StoreError::Engine(Box::new(error)))?,
        at: index.at(),
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::store::sqlite::{connection::open_writer, migrations};

    fn moment(seq: i64, second: i64) -> Moment {
        let at = Timestamp::from_second(second).unwrap();
        Moment { seq, at }
    }

    fn empty() -> (tempfile::TempDir, Connection, Fleet) {
        let dir = tempfile::tempdir().unwrap();
        let mut connection = open_writer(&dir.path().join("x.db")).unwrap();
        migrations::apply(&mut connection).unwrap();
        let fleet = Fleet::load(&connection).unwrap();
        (dir, connection, fleet)
    }

    #[test]
    fn where_it_can_not_be_built_again_nobody_is_answered() {
        let (_dir, connection, fleet) = empty();
        fleet.take_in(&connection, moment(1, 1), vec![]).unwrap();
        assert_eq!(fleet.read().unwrap().seq(), 1);
        connection.execute_batch("DROP TABLE last_commit").unwrap();
        let unknown = Change::ImageDropped { image: 9 };
        let taken = fleet.take_in(&connection, moment(2, 2), vec![unknown]);
        assert!(taken.is_err());
        assert!(matches!(fleet.read(), Err(StoreError::Unavailable(_))));
    }

    #[test]
    fn where_a_change_does_not_fit_the_index_is_built_again_from_the_rows() {
        let (_dir, connection, fleet) = empty();
        connection
            .execute_batch(
                "INSERT INTO host (id, name, added_at) VALUES (7, 'web-01', 0);
                 INSERT INTO last_commit (id, seq, at) VALUES (1, 5, 0);",
            )
            .unwrap();
        let unknown = Change::RunEnded {
            run: 9,
            host: 9,
            until: Timestamp::UNIX_EPOCH,
        };
        fleet
            .take_in(&connection, moment(5, 1), vec![unknown])
            .unwrap();
        assert_eq!(fleet.read().unwrap().seq(), 5);
        // It knows the host now, and says no to another one of its number.
        let again = Change::Host {
            host: 7,
            name: "web-01".to_owned(),
        };
        fleet
            .take_in(&connection, moment(6, 2), vec![again])
            .unwrap();
        assert_eq!(fleet.read().unwrap().seq(), 6);
    }

    #[test]
    fn what_was_replaced_is_let_go_of_after_an_hour() {
        let (_dir, connection, fleet) = empty();
        assert_eq!(fleet.let_go(1, moment(1, 0).at), Some(0));
        // Too soon to be noted.
        assert_eq!(fleet.let_go(2, moment(2, 30).at), None);
        assert_eq!(fleet.let_go(3, moment(3, 3_599).at), Some(0));
        assert_eq!(fleet.let_go(4, moment(4, 3_659).at), Some(1));
        assert_eq!(fleet.let_go(5, moment(5, 7_200).at), Some(3));
        drop(connection);
    }
}
