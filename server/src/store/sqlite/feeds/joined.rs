//! The feeds as a join reads them: the advisories one by one, and which set of them it is.

use std::collections::{BTreeSet, HashSet};

use model::{advisory::Advisory, urgency::Urgency, vex::Statement};
use proto_types::AdvisorySummary;
use rusqlite::{Connection, Row};

use crate::store::{Ids, Result};

use super::{packed::unpacked, records, statements, urgency};

/// What tells a set of feeds from another one: of each the number, the hash and when it was imported. How likely something is
/// to be exploited changes nothing of what is affected.
pub type Version = Vec<(i64, String, i64)>;

/// What [`FeedsFile::each`] reads. What was withdrawn affects nothing.
const ALL: &str = "SELECT record, feed, body FROM records WHERE NOT withdrawn";

/// What is told of an advisory.
pub struct Told {
    /// What a list says of it.
    pub summary: AdvisorySummary,
    /// How urgent it is.
    pub urgency: Urgency,
    /// About how many bytes that is.
    pub bytes: usize,
}

/// The file as it was when it was opened.
pub struct FeedsFile {
    db: Connection,
}

impl FeedsFile {
    /// A file that was opened.
    pub const fn new(db: Connection) -> Self {
        Self { db }
    }

    /// Which set it has.
    ///
    /// # Errors
    /// [`crate::store::StoreError::Engine`] where the file fails.
    pub fn version(&self) -> Result<Version> {
        let mut feeds = self.db.prepare(
            "SELECT feed, hash, imported_at FROM feeds WHERE holds <> 'epss' ORDER BY feed",
        )?;
        let all = feeds.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(all.collect::<rusqlite::Result<_>>()?)
    }

    /// The CVEs that are known to be exploited, in capitals.
    ///
    /// # Errors
    /// As [`Self::version`].
    pub fn exploited(&self) -> Result<HashSet<String>> {
        let mut all = self
            .db
            .prepare("SELECT cve FROM cves JOIN feeds USING (feed) WHERE holds = 'kev'")?;
        let all = all.query_map([], |row| row.get(0))?;
        Ok(all.collect::<rusqlite::Result<_>>()?)
    }

    /// Whether any catalog of exploited vulnerabilities was imported.
    ///
    /// # Errors
    /// As [`Self::version`].
    pub fn has_kev(&self) -> Result<bool> {
        let any = "SELECT EXISTS (SELECT * FROM feeds WHERE holds = 'kev')";
        Ok(self.db.query_row(any, [], |row| row.get(0))?)
    }

    /// The vulnerabilities of which vendors state something, in capitals.
    ///
    /// # Errors
    /// As [`Self::version`].
    pub fn stated(&self) -> Result<HashSet<String>> {
        statements::named(&self.db)
    }

    /// What vendors state of these, in capitals.
    ///
    /// # Errors
    /// As [`Self::version`], and [`crate::store::StoreError::TooLarge`] where that is too much.
    pub fn stated_of(&self, ids: impl Iterator<Item = String>) -> Result<Vec<Statement>> {
        statements::about(&self.db, ids)
    }

    /// How many records it has.
    ///
    /// # Errors
    /// As [`Self::version`].
    pub fn count(&self) -> Result<usize> {
        let count = self
            .db
            .query_row("SELECT count(*) FROM records", [], |row| {
                row.get::<_, i64>(0)
            });
        Ok(usize::try_from(count?).unwrap_or_default())
    }

    /// The records that have one of these keys, as they are in short.
    ///
    /// # Errors
    /// As [`Self::version`].
    pub fn of_keys(&self, keys: &HashSet<i64>) -> Result<BTreeSet<i64>> {
        let mut of_key = self.db.prepare("SELECT record FROM keys WHERE key = ?1")?;
        let mut found = BTreeSet::new();
        for key in keys {
            let mut rows = of_key.query([key])?;
            while let Some(row) = rows.next()? {
                found.insert(row.get(0)?);
            }
        }
        Ok(found)
    }

    /// Hands over the advisories that count, of these records or of all, each with the number of its feed, until one
    /// fails. Of several of one id, it is the one that was changed last.
    ///
    /// # Errors
    /// That of the first that fails, and of the file.
    pub fn each(
        &self,
        of: Option<&BTreeSet<i64>>,
        mut take: impl FnMut(i64, &Advisory) -> Result<()>,
    ) -> Result<()> {
        let left_out = self.replaced()?;
        let mut one = |row: &Row<'_>| -> Result<()> {
            if left_out.contains(&row.get(0)?) {
                return Ok(());
            }
            let kept = unpacked(row.get_ref(2)?.as_blob().unwrap_or_default())?;
            take(row.get(1)?, &kept.advisory)
        };
        let Some(of) = of else {
            let mut records = self.db.prepare(ALL)?;
            let mut rows = records.query([])?;
            while let Some(row) = rows.next()? {
                one(row)?;
            }
            return Ok(());
        };
        let mut record = self.db.prepare(&format!("{ALL} AND record = ?1"))?;
        for number in of {
            let mut rows = record.query([number])?;
            while let Some(row) = rows.next()? {
                one(row)?;
            }
        }
        Ok(())
    }

    /// The records in place of which another one of their id counts.
    fn replaced(&self) -> Result<HashSet<i64>> {
        let mut replaced = self.db.prepare(
            "SELECT record FROM
               (SELECT record, row_number() OVER
                  (PARTITION BY id ORDER BY modified DESC, source DESC) AS place
                FROM records JOIN feeds USING (feed)
                WHERE (SELECT count(*) FROM feeds) > 1)
             WHERE place > 1",
        )?;
        let all = replaced.query_map([], |row| row.get(0))?;
        Ok(all.collect::<rusqlite::Result<_>>()?)
    }

    /// What is told of an advisory of a feed.
    ///
    /// # Errors
    /// As [`Self::version`]; also where it isn't there.
    pub fn told(&self, feed: i64, id: &str) -> Result<Told> {
        let mut one = self.db.prepare_cached(
            "SELECT source, body FROM records JOIN feeds USING (feed) WHERE feed = ?1 AND id = ?2",
        )?;
        let (source, body): (String, Vec<u8>) =
            one.query_row((feed, id), |row| Ok((row.get(0)?, row.get(1)?)))?;
        let kept = unpacked(&body)?;
        let cves = kept.advisory.cves().into_iter();
        let ids = Ids {
            cves: cves.map(str::to_ascii_uppercase).collect(),
            ..Ids::default()
        };
        let urgencies = urgency::beside(&self.db, ids)?.urgencies.into_values();
        let summary = records::summary(&kept.advisory, source);
        Ok(Told {
            urgency: urgencies.fold(Urgency::default(), Urgency::and),
            bytes: summary.summary.len() + summary.cves.len() * 24 + 512,
            summary,
        })
    }
}
