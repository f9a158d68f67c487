//! What a question or a change is answered with.

use std::{cell::RefCell, ops::Deref};

use index::Change;
use model::moment::{self, Moment};
use proto_types::Timestamp;
use rusqlite::Connection;

use crate::store::{Result, Rules};

use super::commits;

/// The database at one state, the server's settings, and the moment that counts as now: the same
/// for everything that one question or one change does. It can be used as the connection itself.
pub struct Context<'c> {
    connection: &'c Connection,
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
    pub fn of_question(connection: &'c Connection, rules: Rules, clock: Timestamp) -> Result<Self> {
        let last = commits::last(connection)?;
        Ok(Self {
            connection,
            rules,
            now: moment::now(last, clock),
            seq: last.map_or(0, |last| last.seq),
            told: RefCell::default(),
        })
    }

    /// The same question as of a later commit, which the database's state doesn't hold yet.
    pub fn later(&self, commit: Moment) -> Self {
        Self {
            connection: self.connection,
            rules: self.rules,
            now: moment::now(Some(commit), self.now),
            seq: commit.seq,
            told: RefCell::default(),
        }
    }

    /// The context of a change that is part of a commit.
    pub const fn of_change(connection: &'c Connection, rules: Rules, commit: Moment) -> Self {
        Self {
            connection,
            rules,
            now: commit.at,
            seq: commit.seq,
            told: RefCell::new(Vec::new()),
        }
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
