//! Which advisories speak of a vulnerability, by whatever id it is asked for.

use std::collections::BTreeSet;

use model::bounds;
use rusqlite::Connection;

use crate::store::{Imported, Result, StoreError};

use super::{
    ecosystems,
    packed::{Unpacked, unpacked},
    urgency,
};

/// An advisory of a feed.
pub struct Kept {
    /// The source of the feed.
    pub source: String,
    /// What is kept of it.
    pub of: Unpacked,
}

/// The advisories that speak of these, and what the feeds speak of.
///
/// # Errors
/// [`StoreError::NotFound`] where no advisory speaks of one of them, [`StoreError::TooLarge`] where too many do.
pub fn imported(db: &Connection, ids: &[String]) -> Result<Imported> {
    let (mut all, mut published) = (Imported::default(), None);
    for id in ids {
        let speaking = of(db, id)?;
        let each = speaking.iter();
        let first = each.filter_map(|one| one.of.advisory.published).min();
        published = published.max(first);
        let names = speaking.iter().map(|one| one.of.advisory.id.clone());
        all.asked.push((id.clone(), names.collect()));
        for kept in speaking {
            all.bytes += kept.of.bytes;
            if all.advisories.len() >= bounds::ADVISORIES_ASKED || all.bytes > bounds::AFFECTED_BODY
            {
                return Err(too_many(id));
            }
            let Unpacked {
                advisory, left_out, ..
            } = kept.of;
            left_out.name(&advisory.id, &mut all.left_out);
            all.advisories.push(advisory);
        }
    }
    all.feeds = Some(ecosystems::all(db, published)?);
    all.beside = urgency::beside(db, all.ids())?;
    Ok(all)
}

/// The advisories that speak of one, ordered by id and source.
///
/// # Errors
/// As [`imported`].
pub fn of(db: &Connection, id: &str) -> Result<Vec<Kept>> {
    let mut records = db.prepare_cached(
        "SELECT source, body FROM records JOIN feeds USING (feed)
         WHERE records.id = ?1 COLLATE NOCASE ORDER BY id, source",
    )?;
    let (mut found, mut bytes) = (Vec::new(), 0);
    for id in speaking(db, id)? {
        let mut rows = records.query([&id])?;
        while let Some(row) = rows.next()? {
            let of = unpacked(row.get_ref(1)?.as_blob().unwrap_or_default())?;
            bytes += of.bytes;
            if bytes > bounds::AFFECTED_BODY {
                return Err(too_many(&id));
            }
            found.push(Kept {
                source: row.get(0)?,
                of,
            });
        }
    }
    if found.is_empty() {
        return Err(StoreError::NotFound {
            kind: "advisory about",
            name: model::shown::on_one_line(id, bounds::ADVISORY_ID),
            hint: "no feed that was imported speaks of it, which says nothing of what runs: `assetctl advisories status` lists \
                   the feeds; import one that has it, or ask by a file: `assetctl affected FILE`",
        });
    }
    Ok(found)
}

/// The ids of a vulnerability and of what comes from it, in order, in capitals as far as they are ASCII.
fn speaking(db: &Connection, id: &str) -> Result<BTreeSet<String>> {
    let mut others = db.prepare_cached("SELECT DISTINCT other FROM links WHERE id = ?1")?;
    let first = id.to_ascii_uppercase();
    let mut met = BTreeSet::from([first.clone()]);
    let mut waiting = vec![first];
    while let Some(id) = waiting.pop() {
        let mut rows = others.query([&id])?;
        while let Some(row) = rows.next()? {
            let other = row.get::<_, String>(0)?.to_ascii_uppercase();
            if met.insert(other.clone()) {
                waiting.push(other);
            }
            if met.len() > bounds::ADVISORIES_ASKED {
                return Err(too_many(&id));
            }
        }
    }
    Ok(met)
}

fn too_many(id: &str) -> StoreError {
    StoreError::TooLarge {
        message: format!("too many advisories speak of {id}"),
        hint: "ask by a file of those that are meant: `assetctl affected FILE`",
    }
}
