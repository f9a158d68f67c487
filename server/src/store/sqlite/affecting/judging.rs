//! Judging what came since the last question: by the advisories that may speak of it, read from the file one by one.

use std::{
    collections::{BTreeSet, HashSet},
    sync::atomic::Ordering,
};

use model::{bounds, vex};

use crate::store::{
    Result, StoreError,
    sqlite::{
        feeds::{FeedsFile, in_short},
        find::Asked,
    },
};

use super::kept::Kept;

/// To unpack a record takes as long as to look up so many keys.
const KEYS: usize = 8;
/// So many artifacts are looked at while the index is held.
const ARTIFACTS: usize = 1_000;

/// Judges what is new in the join. The index is let go of after each advisory.
pub fn judge(asked: &Asked<'_>, feeds: &FeedsFile, kept: &mut Kept) -> Result<()> {
    let records = records(asked, feeds, kept)?;
    let (exploited, stated) = (feeds.exploited()?, feeds.stated()?);
    let mut is_of_index = true;
    feeds.each(records.as_ref(), |feed, advisory| {
        if asked.gone.load(Ordering::Relaxed) {
            return Err(StoreError::Unavailable("the asker is gone".to_owned()));
        }
        let statements = match vex::ids(advisory) {
            ids if stated.is_empty() || !is_any(&ids, &stated) => Vec::new(),
            ids => feeds.stated_of(ids.into_iter().map(str::to_ascii_uppercase))?,
        };
        is_of_index = is_of_index && {
            let index = asked.fleet.read()?;
            index.judge_new(&mut kept.join, (feed, advisory), &statements)
        };
        if kept.join.statements() > bounds::VEX {
            return Err(StoreError::TooLarge {
                message: "vendors state too much (VEX) of what affects this fleet".to_owned(),
                hint: "drop some of the feeds of statements that `assetctl advisories status` lists",
            });
        }
        if !advisory.is_of_vulnerability() {
            kept.bugfixes.insert((feed, advisory.id.as_str().into()));
        }
        let cves = advisory.cves().into_iter();
        if cves
            .map(str::to_ascii_uppercase)
            .any(|cve| exploited.contains(&cve))
        {
            kept.exploited.insert((feed, advisory.id.as_str().into()));
        }
        Ok(())
    })?;
    if is_of_index {
        kept.join.settle();
    }
    Ok(())
}

fn is_any(ids: &BTreeSet<&str>, of: &HashSet<String>) -> bool {
    ids.iter().any(|id| of.contains(&id.to_ascii_uppercase()))
}

/// The records that may speak of what is new; `None` for all, where so much is new that to read all is quicker.
fn records(asked: &Asked<'_>, feeds: &FeedsFile, kept: &Kept) -> Result<Option<BTreeSet<i64>>> {
    let new: Vec<u32> = kept.join.new_artifacts().collect();
    if new.len() > KEYS * feeds.count()? {
        return Ok(None);
    }
    let mut keys = HashSet::new();
    for some in new.chunks(ARTIFACTS) {
        let index = asked.fleet.read()?;
        let of_some = some.iter().flat_map(|artifact| index.keys(*artifact));
        keys.extend(of_some.map(|key| in_short(&key)));
    }
    Ok(Some(feeds.of_keys(&keys)?))
}
