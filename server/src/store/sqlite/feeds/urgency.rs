//! How urgent CVEs are, as the file keeps it: what catalogs and tables say of each.

use std::collections::HashMap;

use advisories::{epss, kev};
use jiff::civil::Date;
use model::urgency::{Exploited, Likely, Urgency};
use proto_types::{FeedAge, Share};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::statements;
use crate::store::{Beside, Holds, Ids, Result, sqlite::sql::time};

/// What a feed says of a CVE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// That it is exploited: since when that is known, and until when it must be fixed.
    #[serde(rename = "k")]
    Exploited(Option<Date>, Option<Date>),
    /// How likely it is to be: the score and its percentile, in millionths.
    #[serde(rename = "e")]
    Likely(u32, u32),
}

impl Told {
    /// Its form in the file.
    pub fn written(self) -> String {
        // Dates and numbers always have a JSON form.
        serde_json::to_string(&self).unwrap_or_default()
    }

    /// Read again. What can't be is as good as nothing: a probability of 0.
    pub fn read(written: &str) -> Self {
        serde_json::from_str(written).unwrap_or(Self::Likely(0, 0))
    }

    fn urgency(self) -> Urgency {
        match self {
            Self::Exploited(added, due) => Urgency {
                kev: Some(Exploited { added, due }),
                epss: None,
            },
            Self::Likely(score, percentile) => Urgency {
                kev: None,
                epss: Some(Likely {
                    score: Share::of_millionths(score),
                    percentile: Share::of_millionths(percentile),
                }),
            },
        }
    }
}

impl From<&kev::Exploited> for Told {
    fn from(row: &kev::Exploited) -> Self {
        Self::Exploited(row.added, row.due)
    }
}

impl From<&epss::Likely> for Told {
    fn from(row: &epss::Likely) -> Self {
        let millionths = |share| Share::new(share).unwrap_or_default().millionths();
        Self::Likely(millionths(row.score), millionths(row.percentile))
    }
}

/// What is known of these vulnerabilities beside the advisories about them.
///
/// # Errors
/// [`crate::store::StoreError::Engine`] where the file fails.
pub fn beside(db: &Connection, Ids { cves, named }: Ids) -> Result<Beside> {
    let mut feeds = db.prepare("SELECT feed, holds FROM feeds WHERE holds IN ('kev', 'epss')")?;
    let feeds = feeds.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let feeds: Vec<(i64, String)> = feeds.collect::<rusqlite::Result<_>>()?;
    let mut told = db.prepare_cached("SELECT told FROM cves WHERE feed = ?1 AND cve = ?2")?;
    let mut urgencies = HashMap::new();
    for (feed, _) in &feeds {
        for cve in &cves {
            let one = told.query_row(params![feed, cve], |row| row.get::<_, String>(0));
            if let Some(one) = one.optional()? {
                let urgency: &mut Urgency = urgencies.entry(cve.clone()).or_default();
                *urgency = urgency.and(Told::read(&one).urgency());
            }
        }
    }
    Ok(Beside {
        has_kev: feeds.iter().any(|(_, holds)| holds == "kev"),
        urgencies,
        statements: statements::about(db, named.into_iter())?,
        oldest: oldest(db)?,
    })
}

/// By what feeds hold, the one of each that was imported longest ago.
fn oldest(db: &Connection) -> Result<Vec<(Holds, FeedAge)>> {
    let mut oldest = db.prepare(
        "SELECT holds, source, min(imported_at) AS imported_at FROM feeds GROUP BY holds",
    )?;
    let oldest = oldest.query_map([], |row| {
        let holds: String = row.get("holds")?;
        let age = FeedAge {
            source: row.get("source")?,
            imported_at: time(row, "imported_at")?,
        };
        Ok((Holds::read(&holds), age))
    })?;
    Ok(oldest.collect::<rusqlite::Result<_>>()?)
}
