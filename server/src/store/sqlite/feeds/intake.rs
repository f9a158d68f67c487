//! What is taken in of an import: each advisory as it comes, written where it isn't known as it is.

use std::{collections::HashSet, path::Path};

use advisories::{
    Reason, Skipped, Tally,
    input::{Broken, raw::Raw},
    osv,
};
use model::advisory::{Advisory, keys, leads};
use proto_types::Skips;
use rusqlite::{Connection, OptionalExtension, params};

use crate::store::{Holds, Result, StoreError, sqlite::sql::ms};

use super::{
    cves::Cves,
    ecosystems::Ecosystems,
    file,
    keyed::in_short,
    packed::{LeftOut, Packed},
    said::Said,
    statements::Taken,
};

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
    /// What it holds, once anything of it has come.
    pub holds: Option<Holds>,
    /// Of what holds no advisories: how much has come.
    pub entries: u64,
    /// And of when the newest of it is, in milliseconds.
    pub newest: Option<i64>,
    pub(super) cves: Option<Cves<'c>>,
    pub(super) statements: Option<Taken<'c>>,
    /// Whether whoever sends it said that it is all that the source has.
    is_all: bool,
    pub(super) db: &'c Connection,
    pub(super) path: &'c Path,
    pub(super) tally: Tally,
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
            holds: None,
            entries: 0,
            newest: None,
            cves: None,
            statements: None,
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
        let advisory = match (read, raw) {
            (Ok(advisory), _) => advisory,
            (Err(skipped), Raw::Json { json, place }) if skipped.reason == Reason::NoId => {
                return self.take_other(json, place, skipped);
            }
            (Err(skipped), _) => {
                self.tally.skip(skipped);
                return Ok(());
            }
        };
        self.hold(Holds::Advisories)?;
        self.ecosystems.add(&advisory)?;
        let kept = self.keep(&advisory, &left_out);
        self.go_on(kept)
    }

    /// Refuses what is something else than what has come before.
    pub(super) fn hold(&mut self, holds: Holds) -> std::result::Result<(), Broken> {
        let before = *self.holds.get_or_insert(holds);
        let same = match before == holds {
            true => Ok(()),
            false => Err(StoreError::invalid_with_hint(
                "a feed holds one of several things: advisories, a catalog of exploited vulnerabilities (KEV), how likely they \
                 are to be exploited (EPSS), or what vendors state (VEX)",
                "import each by itself, as a source of its own",
            )),
        };
        self.go_on(same)
    }

    /// Stops where something failed, and notes why.
    pub(super) fn go_on(&mut self, done: Result<()>) -> std::result::Result<(), Broken> {
        done.map_err(|error| {
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
        self.unlink(record)
    }

    /// Removes what leads to a record.
    fn unlink(&self, record: i64) -> Result<()> {
        for of_it in [
            "DELETE FROM links WHERE record = ?1",
            "DELETE FROM keys WHERE record = ?1",
        ] {
            self.db.prepare_cached(of_it)?.execute([record])?;
        }
        Ok(())
    }

    /// Writes what a record that was written leads to, and what leads to it.
    fn written(&mut self, advisory: &Advisory, record: i64) -> Result<()> {
        self.seen.insert(record);
        let mut link = self.db.prepare_cached(
            "INSERT OR IGNORE INTO links (id, other, record) VALUES (?1, ?2, ?3)",
        )?;
        for (id, other) in leads(advisory) {
            link.execute(params![id, other, record])?;
        }
        let mut key = self
            .db
            .prepare_cached("INSERT OR IGNORE INTO keys (key, record) VALUES (?1, ?2)")?;
        for one in keys(advisory) {
            key.execute(params![in_short(&one), record])?;
        }
        match (self.added + self.changed) % LOOKS {
            0 => file::has_room(self.path, 0),
            _ => Ok(()),
        }
    }

    /// Whether nothing has come.
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty() && self.entries == 0
    }

    /// Whether nothing that the source has is missing: all of it came, and each record could be read.
    pub fn is_complete(&self) -> bool {
        let mut reasons = self.tally.skipped.keys();
        self.is_all && !reasons.any(|one| one.is_of_record() && one.leaves_open())
    }

    /// Removes what the feed had and what didn't come; how much.
    ///
    /// # Errors
    /// [`StoreError::Engine`] where the file fails.
    pub fn sweep(&self) -> Result<u64> {
        let mut all = self
            .db
            .prepare("SELECT record FROM records WHERE feed = ?1")?;
        let all = all.query_map([self.feed], |row| row.get(0))?;
        let all = all.collect::<rusqlite::Result<Vec<i64>>>()?;
        let mut records = self.db.prepare("DELETE FROM records WHERE record = ?1")?;
        let mut removed = 0;
        for record in all.into_iter().filter(|one| !self.seen.contains(one)) {
            self.unlink(record)?;
            records.execute([record])?;
            removed += 1;
        }
        match &self.cves {
            Some(cves) => removed += cves.sweep()?,
            None => {
                let mut others = self.db.prepare("DELETE FROM cves WHERE feed = ?1")?;
                removed += others.execute([self.feed])? as u64;
            }
        }
        match &self.statements {
            Some(taken) => removed += taken.sweep()?,
            None => {
                let mut others = self.db.prepare("DELETE FROM statements WHERE feed = ?1")?;
                removed += others.execute([self.feed])? as u64;
            }
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
