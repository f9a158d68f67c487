//! What is taken in of an import: each advisory as it comes, written where it isn't known as it is.

use std::{collections::HashSet, path::Path};

use advisories::{
    Reason, Skipped, Tally,
    input::{Broken, raw::Raw},
    osv,
};
use model::{
    advisory::{Advisory, leads},
    bounds,
};
use proto_types::{CompleteLine, SkippedLine, Skips};
use rusqlite::{Connection, OptionalExtension, params};

use crate::store::{Result, StoreError, sqlite::sql::ms};

use super::{
    ecosystems::Ecosystems,
    file,
    packed::{LeftOut, Packed},
};

/// How a line begins that says what whoever sends the advisories left out.
const SKIPPED: &[u8] = b"{\"skipped\"";
/// And one that says whether they are all.
const COMPLETE: &[u8] = b"{\"complete\"";
/// Such lines are no longer, in bytes.
const LONGEST_LINE: usize = 64 * bounds::ADVISORY_ID;
/// So many advisories are written between two looks at the room on the disk.
const LOOKS: u64 = 1_000;

/// An import that is being made.
pub struct Intake<'c> {
    /// Why it failed, where what is imported isn't the reason.
    pub failed: Option<StoreError>,
    /// The feed.
    pub feed: i64,
    /// Advisories that it didn't have.
    pub added: u64,
    /// Advisories that it had otherwise.
    pub changed: u64,
    /// What it speaks of.
    pub ecosystems: Ecosystems,
    /// Whether whoever sends it said that it is all that the source has.
    is_all: bool,
    db: &'c Connection,
    path: &'c Path,
    tally: Tally,
    /// The records that are among them.
    seen: HashSet<i64>,
}

/// What is known of a record.
struct Known {
    record: i64,
    hash: [u8; 32],
    modified: Option<i64>,
}

impl<'c> Intake<'c> {
    /// One into a copy of the file at `path`.
    pub fn new(db: &'c Connection, feed: i64, path: &'c Path) -> Self {
        Self {
            failed: None,
            feed,
            added: 0,
            changed: 0,
            ecosystems: Ecosystems::default(),
            is_all: false,
            db,
            path,
            tally: Tally::default(),
            seen: HashSet::new(),
        }
    }

    /// Takes the next thing that has come.
    ///
    /// # Errors
    /// [`Broken::Stopped`] where the import can't go on: `failed` says why, or there are too many ecosystems.
    pub fn take(&mut self, raw: &Raw<'_>) -> std::result::Result<(), Broken> {
        let mut left_out = LeftOut::default();
        let skip = |part: Skipped| {
            left_out.add(&part);
            self.tally.skip(part);
        };
        let read = match raw {
            Raw::Skipped(skipped) => Err(skipped.clone()),
            Raw::Json { json, place } => match Said::of(json) {
                Some(Said::Skipped(skipped)) => Err(skipped),
                Some(Said::Complete(complete)) => {
                    self.is_all = complete;
                    return Ok(());
                }
                None => osv::read(json, place, skip).map_err(|one| *one),
            },
        };
        let advisory = match read {
            Ok(advisory) => advisory,
            Err(skipped) => {
                self.tally.skip(skipped);
                return Ok(());
            }
        };
        self.ecosystems.add(&advisory)?;
        self.keep(&advisory, &left_out).map_err(|error| {
            self.failed = Some(error);
            Broken::Stopped("the import failed".to_owned())
        })
    }

    fn keep(&mut self, advisory: &Advisory, left_out: &LeftOut) -> Result<()> {
        let packed = Packed::new(advisory, left_out)?;
        let Some(known) = self.known(&advisory.id)? else {
            let record = self.insert(advisory, &packed)?;
            self.added += 1;
            return self.written(advisory, record);
        };
        let again = !self.seen.insert(known.record);
        let is_older = again && known.modified > advisory.modified.map(ms);
        if known.hash == packed.hash || is_older {
            return Ok(());
        }
        self.replace(advisory, &packed, known.record)?;
        self.changed += u64::from(!again);
        self.written(advisory, known.record)
    }

    fn known(&self, id: &str) -> Result<Option<Known>> {
        let mut known = self.db.prepare_cached(
            "SELECT record, hash, modified FROM records WHERE feed = ?1 AND id = ?2",
        )?;
        let known = known.query_row(params![self.feed, id], |row| {
            Ok(Known {
                record: row.get(0)?,
                hash: row.get(1)?,
                modified: row.get(2)?,
            })
        });
        Ok(known.optional()?)
    }

    fn insert(&self, advisory: &Advisory, packed: &Packed) -> Result<i64> {
        let mut insert = self.db.prepare_cached(
            "INSERT INTO records (feed, id, modified, withdrawn, hash, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        let modified = advisory.modified.map(ms);
        let withdrawn = advisory.withdrawn.is_some();
        let (hash, body) = (packed.hash, packed.bytes()?);
        Ok(insert.insert(params![
            self.feed,
            advisory.id,
            modified,
            withdrawn,
            hash,
            body
        ])?)
    }

    fn replace(&self, advisory: &Advisory, packed: &Packed, record: i64) -> Result<()> {
        let mut update = self.db.prepare_cached(
            "UPDATE records SET modified = ?2, withdrawn = ?3, hash = ?4, body = ?5 WHERE record = ?1",
        )?;
        let modified = advisory.modified.map(ms);
        let withdrawn = advisory.withdrawn.is_some();
        update.execute(params![
            record,
            modified,
            withdrawn,
            packed.hash,
            packed.bytes()?
        ])?;
        let mut links = self
            .db
            .prepare_cached("DELETE FROM links WHERE record = ?1")?;
        links.execute([record])?;
        Ok(())
    }

    /// Writes what a record that was written leads to.
    fn written(&mut self, advisory: &Advisory, record: i64) -> Result<()> {
        self.seen.insert(record);
        let mut link = self.db.prepare_cached(
            "INSERT OR IGNORE INTO links (id, other, record) VALUES (?1, ?2, ?3)",
        )?;
        for (id, other) in leads(advisory) {
            link.execute(params![id, other, record])?;
        }
        match (self.added + self.changed) % LOOKS {
            0 => file::has_room(self.path, 0),
            _ => Ok(()),
        }
    }

    /// Whether no advisory has come.
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// Whether nothing that the source has is missing: all of it came, and each record could be read.
    pub fn is_complete(&self) -> bool {
        let mut reasons = self.tally.skipped.keys();
        self.is_all && !reasons.any(|one| one.is_of_record() && one.leaves_open())
    }

    /// Removes the records that the feed had and that weren't among them; how many.
    ///
    /// # Errors
    /// [`StoreError::Engine`] where the file fails.
    pub fn sweep(&self) -> Result<u64> {
        let mut all = self
            .db
            .prepare("SELECT record FROM records WHERE feed = ?1")?;
        let all = all.query_map([self.feed], |row| row.get(0))?;
        let all = all.collect::<rusqlite::Result<Vec<i64>>>()?;
        let mut links = self.db.prepare("DELETE FROM links WHERE record = ?1")?;
        let mut records = self.db.prepare("DELETE FROM records WHERE record = ?1")?;
        let mut removed = 0;
        for record in all.into_iter().filter(|one| !self.seen.contains(one)) {
            links.execute([record])?;
            records.execute([record])?;
            removed += 1;
        }
        Ok(removed)
    }

    /// What was left out, by reason.
    pub fn skips(&self) -> Vec<Skips> {
        let each = self.tally.skipped.iter().map(|(reason, (count, first))| {
            let detail = match first.detail.is_empty() {
                true => String::new(),
                false => format!(" ({})", first.detail),
            };
            Skips {
                reason: reason.to_string(),
                count: *count,
                first: format!("{}{detail}", first.of),
            }
        });
        each.collect()
    }
}

/// What a line says that is no record.
enum Said {
    /// What was left out before it was sent.
    Skipped(Skipped),
    /// Whether what is sent is all that its source has.
    Complete(bool),
}

impl Said {
    fn of(json: &[u8]) -> Option<Self> {
        if json.len() > LONGEST_LINE {
            return None;
        }
        if json.starts_with(COMPLETE) {
            let CompleteLine { complete } = serde_json::from_slice(json).ok()?;
            return Some(Self::Complete(complete));
        }
        if !json.starts_with(SKIPPED) {
            return None;
        }
        let SkippedLine { skipped } = serde_json::from_slice(json).ok()?;
        let reason = Reason::ALL
            .iter()
            .find(|one| one.as_str() == skipped.reason)?;
        let skipped = Skipped::new(*reason, &skipped.of, &skipped.detail);
        Some(Self::Skipped(skipped))
    }
}
