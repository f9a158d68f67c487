//! What has the wanted verdicts, counted by something, and the images to rebuild.

use index::{ByAdvisory, Narrowing, OfAdvisory, Wanted};
use model::bounds;
use proto_types::{AffectedGroup, CoverImage, Coverage, ExplainedArtifact, Group, GroupBy};

use crate::store::{
    Result, StoreError,
    query::{Cursor, FindQuery, Position, affected::AffectedQuery, foreign},
    sqlite::find::{self, Asking},
};

use super::rows;

/// What a page lists, and how much there is in all.
#[derive(Default)]
pub struct Part {
    /// Rows, with a comma between two.
    pub results: Option<Vec<u8>>,
    /// Groups.
    pub groups: Option<Vec<AffectedGroup>>,
    /// Images to rebuild.
    pub cover: Option<Vec<CoverImage>>,
    /// Artifacts with what is said of them.
    pub explained: Option<Vec<ExplainedArtifact>>,
    /// How many there are in all.
    pub total: u64,
    /// Whether there are more.
    pub truncated: bool,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

/// Groups by advisory.
///
/// # Errors
/// As of a question; [`foreign`] where the cursor is another list's.
pub fn by_advisory<'a>(
    (mut asking, coverage): (Asking<'a>, Coverage),
    query: &AffectedQuery,
) -> Result<(Part, Asking<'a>)> {
    let from = rows::start(query)?;
    if from.row.is_some() {
        return Err(foreign());
    }
    let mut page = ByAdvisory::page(from.advisory, query.find.limit);
    let asked = (&*query.advisories, Wanted(&query.wanted));
    asking.pieces(|search, pause| search.group_by_advisory(&mut page, asked, pause))?;
    let first = query.find.cursor.as_ref().and_then(|cursor| cursor.total);
    let total = first.unwrap_or(page.total);
    let next = page.next.and_then(|place| query.advisories.get(place));
    let next = next.map(|advisory| {
        let after = Position::Judged {
            advisory: advisory.id.clone(),
            row: None,
        };
        Cursor {
            total: Some(total),
            ..asking.view.cursor(after, Some(coverage))
        }
    });
    let groups = page.groups.iter().filter_map(|one| group(one, query));
    let part = Part {
        groups: Some(groups.collect()),
        total,
        truncated: next.is_some(),
        next,
        ..Part::default()
    };
    Ok((part, asking))
}

fn group(of: &OfAdvisory, query: &AffectedQuery) -> Option<AffectedGroup> {
    let advisory = query.advisories.get(of.place)?;
    let cves = advisory.cves().into_iter().map(str::to_owned);
    Some(AffectedGroup {
        group: Group {
            key: advisory.id.clone(),
            label: None,
            artifacts: of.counts.artifacts,
            images: of.counts.images,
            containers: of.counts.containers,
            hosts: of.counts.hosts,
        },
        cves: cves.collect(),
        verdicts: of.verdicts.clone(),
    })
}

/// Groups by something else, as `find` has them, or the images to rebuild.
///
/// # Errors
/// As of a `find`; [`StoreError::TooLarge`] where too much has the wanted verdicts.
pub fn of_narrowed<'a>(
    (mut asking, coverage): (Asking<'a>, Coverage),
    query: &AffectedQuery,
    by: Option<GroupBy>,
) -> Result<(Part, Asking<'a>)> {
    let asked = (&*query.advisories, Wanted(&query.wanted));
    let (most, mut narrowing) = (bounds::JUDGED_PAIRS, Narrowing::default());
    let narrowed =
        asking.pieces(|search, pause| search.narrow(&mut narrowing, asked, (most, pause)))?;
    asking.narrow_to(narrowed.map_err(|_| too_many(most))?);
    let find = FindQuery {
        group_by: by,
        cover: by.is_none(),
        ..query.find.clone()
    };
    let (part, asking) = find::part(asking, &find, coverage)?;
    let groups = part.groups.map(|groups| groups.into_iter().map(Into::into));
    let part = Part {
        results: None,
        groups: groups.map(Iterator::collect),
        cover: part.cover,
        explained: None,
        total: part.total,
        truncated: part.truncated,
        next: part.next,
    };
    Ok((part, asking))
}

fn too_many(most: usize) -> StoreError {
    StoreError::TooLarge {
        message: format!(
            "more than {most} pairs of an artifact and an image have one of the verdicts: they can't be counted together"
        ),
        hint: "ask by fewer advisories, or narrow what is asked about; `group_by` `advisory` has no such bound",
    }
}
