//! What a feed says of single CVEs, such as how likely they are to be exploited: one row each, in the place of those that
//! it had.

use std::{
    collections::{HashMap, hash_map::Entry},
    path::Path,
};

use advisories::input::Broken;
use model::bounds;
use rusqlite::{Connection, params};

use crate::store::{Result, StoreError};

use super::{file, urgency::Told};

/// So many are written between two looks at the room on the disk.
const LOOKS: u64 = 10_000;

/// Those of an import that is being made.
pub struct Cves<'c> {
    db: &'c Connection,
    path: &'c Path,
    feed: i64,
    /// What the feed has, and whether that came with this import.
    known: HashMap<String, (Told, bool)>,
    /// CVEs that it didn't have.
    pub added: u64,
    /// CVEs of which it said something else.
    pub changed: u64,
}

impl<'c> Cves<'c> {
    /// Those that a feed has until now, in a copy of the file at `path`.
    ///
    /// # Errors
    /// [`StoreError::Engine`] where the file fails.
    pub fn new(db: &'c Connection, feed: i64, path: &'c Path) -> Result<Self> {
        let mut all = db.prepare("SELECT cve, told FROM cves WHERE feed = ?1")?;
        let mut rows = all.query([feed])?;
        let mut known = HashMap::new();
        while let Some(row) = rows.next()? {
            let told = Told::read(&row.get::<_, String>(1)?);
            known.insert(row.get(0)?, (told, false));
        }
        drop(rows);
        drop(all);
        Ok(Self {
            db,
            path,
            feed,
            known,
            added: 0,
            changed: 0,
        })
    }

    /// Takes what is said of one. Of several about one CVE the last counts.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] where there are too many, and as [`Cves::new`].
    pub fn take(&mut self, cve: &str, told: Told) -> Result<()> {
        let cve = cve.to_ascii_uppercase();
        if self.known.len() >= bounds::CVES && !self.known.contains_key(&cve) {
            let too_much = Broken::TooMuch("the feed".to_owned());
            return Err(StoreError::invalid(too_much.to_string()));
        }
        let mut write = self
            .db
            .prepare_cached("INSERT OR REPLACE INTO cves (feed, cve, told) VALUES (?1, ?2, ?3)")?;
        match self.known.entry(cve) {
            Entry::Occupied(mut known) => {
                let (before, came) = *known.get();
                if before != told {
                    write.execute(params![self.feed, known.key(), told.written()])?;
                    self.changed += u64::from(!came);
                }
                known.insert((told, true));
            }
            Entry::Vacant(new) => {
                write.execute(params![self.feed, new.key(), told.written()])?;
                self.added += 1;
                new.insert((told, true));
            }
        }
        match (self.added + self.changed) % LOOKS {
            0 => file::has_room(self.path, 0),
            _ => Ok(()),
        }
    }

    /// Removes those that the feed had and that didn't come; how many.
    ///
    /// # Errors
    /// As [`Cves::new`].
    pub fn sweep(&self) -> Result<u64> {
        let mut remove = self
            .db
            .prepare("DELETE FROM cves WHERE feed = ?1 AND cve = ?2")?;
        let mut removed = 0;
        for (cve, _) in self.known.iter().filter(|(_, (_, came))| !came) {
            removed += remove.execute(params![self.feed, cve])? as u64;
        }
        Ok(removed)
    }
}
