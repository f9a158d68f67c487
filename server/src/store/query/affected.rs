//! What an `affected` asks, checked and made ready: the advisories, and where it is asked about.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use advisories::{Skipped, osv, vex};
use index::Advisories;
use model::{
    advisory::{Advisory, Ecosystem},
    bounds,
    urgency::Urgency,
    verdict::FeedKind,
    vex::Statement,
};
use proto_types::{
    AffectedGroupBy, AffectedRequest, FeedAge, LeftOutAdvisories, LeftOutAdvisory, Verdict,
};
use serde_json::value::RawValue;

use super::FindQuery;
use crate::store::{Holds, Imported, Result, StoreError};

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
    /// How many advisories of bug fixes and enhancements were left aside.
    pub bugfixes_left_aside: u64,
    /// What is shown of what has the wanted verdicts.
    pub shown: Shown,
    /// Of the feeds that the answer rests on, the one that was imported longest ago.
    pub oldest: Option<FeedAge>,
    /// The verdicts whose rows are wanted.
    pub wanted: Arc<[Verdict]>,
}

/// What is shown of what has the wanted verdicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Its rows.
    Rows,
    /// How much there is of each of these.
    Groups(AffectedGroupBy),
    /// The images whose rebuild frees the most hosts of it.
    Cover,
    /// Each step of the decisions, whatever the verdict.
    Explained,
}

impl AffectedQuery {
    /// Makes a request ready that was [`check`]ed, with what it is about.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] naming the value that can't be used, and why.
    pub fn new(request: &AffectedRequest, mut imported: Imported) -> Result<Self> {
        let find = FindQuery::new(request.as_find())?;
        let bugfixes_left_aside = match (&imported.feeds, request.bugfixes) {
            (None, false) => leave_aside_bugfixes(&mut imported.advisories),
            _ => 0,
        };
        if request.kev {
            exploited_alone(&mut imported)?;
        }
        let urgencies: HashMap<String, Urgency> = imported
            .advisories
            .iter()
            .map(|one| (one.id.clone(), imported.urgency(one)))
            .collect();
        let urgency = |one: &Advisory| urgencies.get(&one.id).copied().unwrap_or_default();
        let advisories = match &imported.feeds {
            None => Advisories::urgent(imported.advisories, urgency),
            Some(_) => Advisories::asked(imported.advisories, urgency, &imported.asked),
        };
        let rests_on = |holds: Holds| match holds {
            Holds::Advisories => !request.ids.is_empty(),
            Holds::Kev => request.kev,
            Holds::Epss | Holds::Vex => false,
        };
        let oldest = imported.beside.oldest.into_iter();
        let oldest = oldest.filter(|(holds, _)| rests_on(*holds));
        let oldest = oldest.map(|(_, age)| age).min_by_key(|age| age.imported_at);
        let mut statements = imported.beside.statements;
        statements.extend(stated(&request.vex)?);
        let bytes = imported.bytes + statements.len() * size_of::<Statement>();
        let bytes = bytes + request.vex.iter().map(|one| one.get().len()).sum::<usize>();
        let advisories = advisories.with(statements);
        let wanted = match request.verdicts.as_slice() {
            [] => &[Verdict::Affected],
            wanted => wanted,
        };
        let left_out = imported.left_out;
        Ok(Self {
            find,
            advisories: Arc::new(advisories),
            bytes,
            left_out: (left_out.count > 0).then_some(left_out),
            feeds: imported.feeds.map(Into::into),
            bugfixes_left_aside,
            shown: shown(request)?,
            oldest,
            wanted: wanted.into(),
        })
    }
}

/// What the documents of a question state. What can't be read of one excuses nothing.
fn stated(documents: &[Box<RawValue>]) -> Result<Vec<Statement>> {
    let mut all = Vec::new();
    for (number, document) in (0..).zip(documents) {
        let place = format!("vex[{number}]");
        let read = vex::read(document.get().as_bytes(), &place, |_| ());
        all.extend(read.map_err(|broken| StoreError::invalid(broken.to_string()))?);
        if all.len() > bounds::VEX {
            let most = bounds::VEX;
            return Err(StoreError::invalid_with_hint(
                format!(
                    "the documents of `vex` hold more than {most} statements: at most so many are taken"
                ),
                "give the documents about what is asked alone",
            ));
        }
    }
    Ok(all)
}

/// Nobody knows what is exploited.
pub fn no_catalog() -> StoreError {
    StoreError::invalid_with_hint(
        "which vulnerabilities are known to be exploited isn't known here: CISA's catalog (KEV) was not imported",
        "`assetctl advisories import known_exploited_vulnerabilities.json` does it, as docs/ADVISORIES.md says",
    )
}

/// Leaves only what is about exploited vulnerabilities.
fn exploited_alone(imported: &mut Imported) -> Result<()> {
    if !imported.beside.has_kev {
        return Err(no_catalog());
    }
    let all = std::mem::take(&mut imported.advisories);
    let is_exploited = |one: &Advisory| imported.urgency(one).kev.is_some();
    imported.advisories = all.into_iter().filter(is_exploited).collect();
    let left: BTreeSet<&str> = imported.advisories.iter().map(|one| &*one.id).collect();
    imported
        .asked
        .retain(|(_, by)| by.iter().any(|id| left.contains(&**id)));
    Ok(())
}

impl AffectedQuery {
    /// What no advisory speaks of, since there is none, and no feed lists everything of.
    ///
    /// # Errors
    /// None, as long as everything may be asked about.
    pub fn of_nothing(feeds: Vec<(Ecosystem, FeedKind)>) -> Result<Self> {
        let imported = Imported {
            asked: vec![(String::new(), BTreeSet::new())],
            feeds: Some(feeds),
            ..Imported::default()
        };
        let everything = AffectedRequest {
            limit: Some(0),
            ..AffectedRequest::default()
        };
        Self::new(&everything, imported)
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
        _ if request.vex.len() > bounds::VEX_DOCUMENTS => {
            let (count, most) = (request.vex.len(), bounds::VEX_DOCUMENTS);
            Err(StoreError::invalid_with_hint(
                format!("`vex` lists {count} documents: at most {most} are taken"),
                "put their statements into fewer documents, or import them as a feed",
            ))
        }
        _ => Ok(()),
    }
}

/// Reads the records that a question brings, and notes what leaves something unknown where it is skipped.
#[must_use]
pub fn given(records: &[Box<RawValue>]) -> Imported {
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
    Imported {
        advisories: read,
        bytes: records.iter().map(|one| one.get().len()).sum(),
        left_out,
        ..Imported::default()
    }
}

/// Leaves aside what isn't about a vulnerability, unless nothing is: a feed of errata has it among the others, and who
/// gives it alone means it. How many those are.
fn leave_aside_bugfixes(all: &mut Vec<Advisory>) -> u64 {
    let before = all.len();
    if all.iter().any(Advisory::is_of_vulnerability) {
        all.retain(Advisory::is_of_vulnerability);
    }
    (before - all.len()) as u64
}

fn shown(request: &AffectedRequest) -> Result<Shown> {
    let is_narrowed = !request.matches.is_empty() || !request.any.is_empty();
    match (request.group_by, request.cover, request.explain) {
        (None, false, false) => Ok(Shown::Rows),
        (Some(by), false, false) => Ok(Shown::Groups(by)),
        (None, true, false) => Ok(Shown::Cover),
        (None, false, true) if is_narrowed => Ok(Shown::Explained),
        (None, false, true) => Err(StoreError::invalid_with_hint(
            "what is to be explained isn't said",
            "name an artifact in `match`",
        )),
        _ => Err(StoreError::invalid(
            "`group_by`, `cover` and `explain` can't be asked together",
        )),
    }
}

fn named(skipped: Skipped) -> LeftOutAdvisory {
    LeftOutAdvisory {
        reason: skipped.why(),
        advisory: skipped.of,
    }
}
