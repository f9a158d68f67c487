//! What vendors state (VEX), as the file keeps it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use model::{bounds, vex::Statement};
use rusqlite::{Connection, params};

use crate::store::{Result, StoreError};

/// Those of an import that is being made.
pub struct Taken<'c> {
    db: &'c Connection,
    feed: i64,
    /// What the feed has, and whether that came with this import.
    known: HashMap<(String, String), bool>,
    bytes: u64,
    /// How many have come.
    pub count: u64,
    /// How many of them the feed didn't have.
    pub added: u64,
}

impl<'c> Taken<'c> {
    /// Those that a feed has until now.
    ///
    /// # Errors
    /// [`StoreError::Engine`] where the file fails.
    pub fn new(db: &'c Connection, feed: i64) -> Result<Self> {
        let mut all = db.prepare("SELECT id, body FROM statements WHERE feed = ?1")?;
        let all = all.query_map([feed], |row| Ok(((row.get(0)?, row.get(1)?), false)))?;
        Ok(Self {
            db,
            feed,
            known: all.collect::<rusqlite::Result<_>>()?,
            bytes: 0,
            count: 0,
            added: 0,
        })
    }

    /// Takes one.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] where there are too many, and as [`Taken::new`].
    pub fn take(&mut self, statement: &Statement) -> Result<()> {
        let body = serde_json::to_string(statement).map_err(engine)?;
        let mut write = self
            .db
            .prepare_cached("INSERT OR REPLACE INTO statements VALUES (?1, ?2, ?3, ?4)")?;
        let mut is_new = false;
        for id in &statement.vulnerability {
            let id = id.to_ascii_uppercase();
            self.bytes += body.len() as u64;
            write.execute(params![self.feed, id, body, self.count.cast_signed()])?;
            is_new |= self.known.insert((id, body.clone()), true).is_none();
        }
        self.count += 1;
        self.added += u64::from(is_new);
        match self.count > bounds::VEX as u64 || self.bytes > bounds::STATEMENTS {
            true => Err(StoreError::invalid(
                "the feed holds more statements than one may",
            )),
            false => Ok(()),
        }
    }

    /// Removes those that the feed had and that didn't come; how many.
    ///
    /// # Errors
    /// As [`Taken::new`].
    pub fn sweep(&self) -> Result<u64> {
        let mut remove = self
            .db
            .prepare("DELETE FROM statements WHERE feed = ?1 AND id = ?2 AND body = ?3")?;
        let gone = self.known.iter().filter(|(_, came)| !**came);
        let mut removed = BTreeSet::new();
        for ((id, body), _) in gone {
            remove.execute(params![self.feed, id, body])?;
            removed.insert(body);
        }
        Ok(removed.len() as u64)
    }
}

/// The vulnerabilities of which anything is stated, in capitals.
///
/// # Errors
/// As [`Taken::new`].
pub fn named(db: &Connection) -> Result<HashSet<String>> {
    let mut all = db.prepare("SELECT DISTINCT id FROM statements")?;
    let all = all.query_map([], |row| row.get(0))?;
    Ok(all.collect::<rusqlite::Result<_>>()?)
}

/// What is stated of these vulnerabilities, by all feeds: in the order of the feeds' sources, and as it stood in each.
///
/// # Errors
/// [`StoreError::TooLarge`] where there is too much, and as [`Taken::new`].
pub fn about(db: &Connection, ids: impl Iterator<Item = String>) -> Result<Vec<Statement>> {
    let mut feeds =
        db.prepare_cached("SELECT feed, source FROM feeds WHERE holds = 'vex' ORDER BY source")?;
    let feeds = feeds.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let feeds: Vec<(i64, String)> = feeds.collect::<rusqlite::Result<_>>()?;
    if feeds.is_empty() {
        return Ok(Vec::new());
    }
    let mut of_one =
        db.prepare_cached("SELECT place, body FROM statements WHERE feed = ?1 AND id = ?2")?;
    let mut found: BTreeMap<(usize, i64), Statement> = BTreeMap::new();
    for id in ids {
        for (number, (feed, source)) in feeds.iter().enumerate() {
            let mut rows = of_one.query(params![feed, id])?;
            while let Some(row) = rows.next()? {
                let place: i64 = row.get(0)?;
                let body = row.get_ref(1)?.as_str().unwrap_or_default();
                let statement: Statement = serde_json::from_str(body).map_err(engine)?;
                let source = source.clone();
                found.insert(
                    (number, place),
                    Statement {
                        source,
                        ..statement
                    },
                );
            }
        }
        if found.len() > bounds::VEX {
            return Err(StoreError::TooLarge {
                message: "too much is stated of these vulnerabilities".to_owned(),
                hint: "ask about fewer of them",
            });
        }
    }
    Ok(found.into_values().collect())
}

fn engine(error: serde_json::Error) -> StoreError {
    StoreError::Engine(Box::new(error))
}
