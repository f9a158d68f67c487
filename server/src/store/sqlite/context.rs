//! What a question or a change is answered with.

use std::ops::Deref;

use proto_types::Timestamp;
use rusqlite::Connection;

use crate::store::Rules;

/// The database at one state, the server's settings, and the moment that counts as now: the same
/// for everything that one question or one change does. It can be used as the connection itself.
pub struct Context<'c> {
    connection: &'c Connection,
    /// The server's settings.
    pub rules: Rules,
    /// The moment.
    pub now: Timestamp,
}

impl<'c> Context<'c> {
    /// The context of a question or a change that came in at `now`.
    pub const fn new(connection: &'c Connection, rules: Rules, now: Timestamp) -> Self {
        Self {
            connection,
            rules,
            now,
        }
    }
}

impl Deref for Context<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}
