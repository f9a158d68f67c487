//! What a question or a change is answered with.

use std::{cell::RefCell, ops::Deref};

use index::{Change, Clock};
use model::moment::{self, Moment};
use proto_types::Timestamp;
use rusqlite::Connection;

use crate::store::{Result, Rules, StoreError};

use super::{added::Added, commits, ground::Ground, latest::Latest};

/// The database at one state, the server's settings, and the moment that counts as now: the same
/// for everything that one question or one change does. It can be used as the connection itself.
pub struct Context<'c> {
    connection: &'c Connection,
    /// The index.
    pub latest: &'c Latest,
    /// What the changes of the same group added, of a change.
    added: Option<&'c RefCell<Added>>,
    /// The server's settings.
    pub rules: Rules,
    /// The moment.
    pub now: Timestamp,
    /// The number of the commit that a change is part of, or that a question looks at.
    pub seq: i64,
    /// What a change did, for the index.
    told: RefCell<Vec<Change>>,
}

impl<'c> Context<'c> {
    /// The context of a question that came in at `clock`: it looks at the last commit.
    pub fn of_question(
        connection: &'c Connection,
        latest: &'c Latest,
        rules: Rules,
        clock: Timestamp,
    ) -> Result<Self> {
        let last = commits::last(connection)?;
        Ok(Self {
            connection,
            latest,
            added: None,
            rules,
            now: moment::now(last, clock),
            seq: last.map_or(0, |last| last.seq),
            told: RefCell::default(),
        })
    }

    /// The same of one that looks at a commit which the database's state holds.
    pub fn of_commit(
        connection: &'c Connection,
        latest: &'c Latest,
        rules: Rules,
        commit: Moment,
        clock: Timestamp,
    ) -> Result<Self> {
        Ok(Self {
            now: moment::now(Some(commit), clock),
            seq: commit.seq,
            ..Self::of_question(connection, latest, rules, clock)?
        })
    }

    /// The clock that says how hosts stand.
    pub const fn clock(&self) -> Clock {
        Clock {
            now: self.now,
            silent_after: self.rules.silent_after,
        }
    }

    /// The context of a change that is part of a commit.
    pub const fn of_change(ground: &Ground<'c>, rules: Rules) -> Self {
        let commit = ground.commit;
        Self {
            connection: ground.connection,
            latest: ground.latest,
            added: Some(ground.added),
            rules,
            now: commit.at,
            seq: commit.seq,
            told: RefCell::new(Vec::new()),
        }
    }

    /// What the changes of the same group added.
    ///
    /// # Errors
    /// [`StoreError::Engine`] of a question, which adds nothing.
    pub fn added(&self) -> Result<&'c RefCell<Added>> {
        let none = || StoreError::Engine("a question adds nothing".into());
        self.added.ok_or_else(none)
    }

    /// Tells the index of a change, once it is committed.
    pub fn tell(&self, change: Change) {
        self.told.borrow_mut().push(change);
    }

    /// What it was told.
    pub fn into_told(self) -> Vec<Change> {
        self.told.into_inner()
    }
}

impl Deref for Context<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}
