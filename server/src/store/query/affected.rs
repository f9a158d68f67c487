//! What an `affected` asks, checked and made ready: the advisories, and where it is asked about.

use std::{collections::BTreeSet, sync::Arc};

use advisories::{Skipped, osv};
use index::Advisories;
use model::{advisory::Ecosystem, bounds, verdict::FeedKind};
use proto_types::{AffectedRequest, LeftOutAdvisories, LeftOutAdvisory, Verdict};
use serde_json::value::RawValue;

use super::FindQuery;
use crate::store::{Imported, Result, StoreError};

/// A checked `affected`.
#[derive(Debug, Clone)]
pub struct AffectedQuery {
    /// Where it is asked about.
    pub find: FindQuery,
    /// The advisories that were taken.
    pub advisories: Arc<Advisories>,
    /// Bytes that they were asked with, or are kept as.
    pub bytes: usize,
    /// What was not taken of them.
    pub left_out: Option<LeftOutAdvisories>,
    /// Of a question by ids, what all feeds speak of, and the best that is listed of each.
    pub feeds: Option<Arc<[(Ecosystem, FeedKind)]>>,
    /// The verdicts whose rows are wanted.
    pub wanted: Arc<[Verdict]>,
}

impl AffectedQuery {
    /// Makes a request ready that was [`check`]ed, to which belongs what was `imported` of the ids that it names. An advisory that can't be read is left
    /// out, and so is what can't be read of one.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] naming the value that can't be used, and why.
    pub fn new(request: &AffectedRequest, imported: Option<Imported>) -> Result<Self> {
        let find = FindQuery::new(request.as_find())?;
        let bytes = match &imported {
            None => request.advisories.iter().map(|one| one.get().len()).sum(),
            Some(imported) => imported.bytes,
        };
        let (advisories, left_out, feeds) = match imported {
            None => {
                let (advisories, left_out) = read(&request.advisories);
                (advisories, left_out, None)
            }
            Some(imported) => {
                let all = Advisories::asked(imported.advisories, &imported.asked);
                (all, imported.left_out, Some(imported.feeds.into()))
            }
        };
        let wanted = match request.verdicts.as_slice() {
            [] => &[Verdict::Affected],
            wanted => wanted,
        };
        Ok(Self {
            find,
            advisories: Arc::new(advisories),
            bytes,
            left_out: (left_out.count > 0).then_some(left_out),
            feeds,
            wanted: wanted.into(),
        })
    }
}

impl AffectedQuery {
    /// What no advisory speaks of, since there is none, and no feed lists everything of.
    ///
    /// # Errors
    /// None, as long as everything may be asked about.
    pub fn of_nothing(feeds: Vec<(Ecosystem, FeedKind)>) -> Result<Self> {
        let imported = Imported {
            advisories: Vec::new(),
            bytes: 0,
            asked: vec![(String::new(), BTreeSet::new())],
            left_out: LeftOutAdvisories::default(),
            feeds,
        };
        let everything = AffectedRequest {
            limit: Some(0),
            ..AffectedRequest::default()
        };
        Self::new(&everything, Some(imported))
    }
}

/// Refuses a question about too much, or about nothing.
///
/// # Errors
/// [`StoreError::Invalid`] saying so.
pub fn check(request: &AffectedRequest) -> Result<()> {
    let (count, ids) = (request.advisories.len(), request.ids.len());
    let over = |what: &str, count: usize, most: usize| {
        StoreError::invalid_with_hint(
            format!("`{what}` lists {count}: at most {most} are taken"),
            "ask several times, each time with some of them",
        )
    };
    match (count, ids) {
        (0, 0) => Err(StoreError::invalid_with_hint(
            "neither `advisories` nor `ids` lists anything",
            "send OSV records as `advisories`, or name vulnerabilities that were imported as `ids`",
        )),
        (1.., 1..) => Err(StoreError::invalid(
            "`advisories` and `ids` can't be asked about together",
        )),
        (count, _) if count > bounds::ADVISORIES_ASKED => {
            Err(over("advisories", count, bounds::ADVISORIES_ASKED))
        }
        (_, ids) if ids > bounds::ADVISORY_IDS_ASKED => {
            Err(over("ids", ids, bounds::ADVISORY_IDS_ASKED))
        }
        _ => Ok(()),
    }
}

/// Reads records, and notes what leaves something unknown where it is skipped.
fn read(records: &[Box<RawValue>]) -> (Advisories, LeftOutAdvisories) {
    let mut left_out = LeftOutAdvisories::default();
    let mut skip = |skipped: Skipped| {
        if !skipped.reason.leaves_open() {
            return;
        }
        left_out.count += 1;
        if left_out.items.len() < bounds::ADVISORIES_NAMED {
            left_out.items.push(named(skipped));
        }
    };
    let mut read = Vec::with_capacity(records.len());
    for (number, record) in (0..).zip(records) {
        let place = format!("advisories[{number}]");
        match osv::read(record.get().as_bytes(), &place, &mut skip) {
            Ok(advisory) => read.push(advisory),
            Err(skipped) => skip(*skipped),
        }
    }
    (Advisories::new(read), left_out)
}

fn named(skipped: Skipped) -> LeftOutAdvisory {
    LeftOutAdvisory {
        reason: skipped.why(),
        advisory: skipped.of,
    }
}
