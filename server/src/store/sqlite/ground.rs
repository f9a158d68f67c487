//! What a change is made on: the database with the changes of the same group that were made before
//! it, and the commit that it becomes part of.

use std::cell::RefCell;

use model::moment::Moment;
use rusqlite::Connection;

use super::{added::Added, latest::Latest};

/// What a change is made on.
#[derive(Clone, Copy)]
pub struct Ground<'g> {
    /// The database, within the group's transaction.
    pub connection: &'g Connection,
    /// The number and the time of the commit.
    pub commit: Moment,
    /// The index, which knows nothing of the group.
    pub latest: &'g Latest,
    /// The artifacts that the group added and dropped.
    pub added: &'g RefCell<Added>,
}
