//! The ecosystems that a feed speaks of, and whether it lists all that is known of each.

use std::collections::{BTreeMap, BTreeSet};

use advisories::input::Broken;
use model::{
    advisory::{Advisory, Ecosystem},
    bounds,
    verdict::FeedKind,
};
use proto_types::Timestamp;
use rusqlite::{Connection, params};

use crate::store::{Result, sqlite::sql::ms};

/// Those of an import.
#[derive(Default)]
pub struct Ecosystems(BTreeMap<String, (FeedKind, u64)>);

impl Ecosystems {
    /// Adds those of an advisory. One that was withdrawn speaks of none.
    ///
    /// # Errors
    /// [`Broken::TooMuch`] where there are more than a feed may have.
    pub fn add(&mut self, advisory: &Advisory) -> std::result::Result<(), Broken> {
        if advisory.withdrawn.is_some() {
            return Ok(());
        }
        let kind = FeedKind::of(advisory);
        let known = advisory.affected.iter().map(|one| &one.ecosystem);
        let known = known.filter(|one| one.family().is_some());
        let once: BTreeSet<&str> = known.map(Ecosystem::as_str).collect();
        for ecosystem in once {
            if let Some((best, count)) = self.0.get_mut(ecosystem) {
                *best = kind.max(*best);
                *count += 1;
                continue;
            }
            if self.0.len() >= bounds::FEED_ECOSYSTEMS {
                return Err(Broken::TooMuch("the feed".to_owned()));
            }
            self.0.insert(ecosystem.to_owned(), (kind, 1));
        }
        Ok(())
    }
}

/// Writes those of a feed, in the place of those that it had. Where it isn't `complete`, it lists a part of each.
///
/// # Errors
/// [`crate::store::StoreError::Engine`] where the file fails.
pub fn write(db: &Connection, feed: i64, all: &Ecosystems, complete: bool) -> Result<()> {
    db.execute("DELETE FROM ecosystems WHERE feed = ?1", [feed])?;
    let mut insert = db.prepare("INSERT INTO ecosystems VALUES (?1, ?2, ?3, ?4)")?;
    for (ecosystem, (kind, count)) in &all.0 {
        let kind = if complete { *kind } else { FeedKind::Part };
        insert.execute(params![feed, ecosystem, number(kind), count.cast_signed()])?;
    }
    Ok(())
}

/// What all feeds speak of, each ecosystem once, with the best that is listed of it. What was imported before `published`
/// lists nothing of what was published then.
///
/// # Errors
/// As [`write`].
pub fn all(db: &Connection, published: Option<Timestamp>) -> Result<Vec<(Ecosystem, FeedKind)>> {
    let mut all = db.prepare(
        "SELECT ecosystem, max(iif(imported_at < ?1, -1, lists)) FROM ecosystems JOIN feeds USING (feed)
         GROUP BY ecosystem",
    )?;
    let all = all.query_map([published.map(ms)], |row| {
        let ecosystem = Ecosystem::new(row.get::<_, String>(0)?);
        Ok((ecosystem, kind(row.get(1)?)))
    })?;
    Ok(all.collect::<rusqlite::Result<_>>()?)
}

/// What is listed of an ecosystem, as it is kept; the better, the higher.
const fn number(kind: FeedKind) -> i64 {
    match kind {
        FeedKind::Earlier => -1,
        FeedKind::Part => 0,
        FeedKind::FixesOnly => 1,
        FeedKind::All => 2,
    }
}

/// The same, read.
pub const fn kind(number: i64) -> FeedKind {
    match number {
        2 => FeedKind::All,
        1 => FeedKind::FixesOnly,
        -1 => FeedKind::Earlier,
        _ => FeedKind::Part,
    }
}
