//! Gaps: what runs of which no feed lists everything, by distribution and by registry.

use model::{
    advisory::Family,
    source,
    verdict::{Distro, absent, origin},
};
use proto_types::{FeedGap, GapsResponse, Group, Unspoken, Verdict};

use super::{best, counted};
use crate::store::{
    Result,
    query::affected::AffectedQuery,
    sqlite::find::{Asked, Asking},
};

/// So many types of packages are looked at; scanners know of some forty.
const TYPES: usize = 1_000;

/// All of them, those of the most hosts first.
///
/// # Errors
/// As of a question.
pub fn gaps(asked: &Asked<'_>, query: &AffectedQuery) -> Result<GapsResponse> {
    let (mut asking, coverage) = Asking::begin(asked, &query.find)?;
    asking.find()?;
    let counted = counted::counted(&mut asking, query)?;
    let groups = by_type(&mut asking)?;
    let mut gaps: Vec<FeedGap> = counted.unspoken.into_iter().map(of_distribution).collect();
    gaps.extend(groups.iter().filter_map(|group| of_registry(group, query)));
    gaps.sort_by_key(|one| std::cmp::Reverse(one.hosts));
    Ok(GapsResponse {
        gaps,
        distributions_total: counted.unspoken_total,
        as_of: asking.view.as_of(),
        coverage,
    })
}

/// The registries whose packages run, as far as the question is about those, and of which no feed lists everything. They
/// are looked for over everything that runs, so only where an answer would else be a proof.
///
/// # Errors
/// As [`gaps`].
pub fn registries(asking: &mut Asking<'_>, query: &AffectedQuery) -> Result<Vec<Unspoken>> {
    let groups = by_type(asking)?;
    let gaps = groups.iter().filter_map(|group| of_registry(group, query));
    let known = gaps.filter(|one| Family::named(&one.of).is_some());
    let unspoken = known.map(|one| Unspoken {
        distro: one.of,
        distro_version: String::new(),
        images: one.images,
        containers: one.containers,
        hosts: one.hosts,
        reason: one.reason,
    });
    Ok(unspoken.collect())
}

/// What is asked about, by the types of its packages. Of what belongs to a package of a distribution no verdict is made
/// by a registry's advisories.
fn by_type(asking: &mut Asking<'_>) -> Result<Vec<Group>> {
    asking.count()?;
    let mut groups = Vec::new();
    loop {
        let from = groups.len();
        let more = asking.piece(|search, _| search.own_types(from, 1))?;
        match more.groups.is_empty() || from >= TYPES {
            true => return Ok(groups),
            false => groups.extend(more.groups),
        }
    }
}

fn of_distribution(one: Unspoken) -> FeedGap {
    let of = format!("{} {}", one.distro, one.distro_version);
    FeedGap {
        of: of.trim().to_owned(),
        images: one.images,
        containers: one.containers,
        hosts: one.hosts,
        reason: one.reason,
    }
}

/// The packages of one type, where they are no distribution's.
fn of_registry(group: &Group, query: &AffectedQuery) -> Option<FeedGap> {
    let kind = group.key.as_str();
    if source::is_of_distribution(kind) {
        return None;
    }
    let name = origin(kind, Distro::default());
    let (verdict, reason) = absent(best::of_registry(Family::named(&name), query), &name);
    (verdict == Verdict::Unknown).then_some(FeedGap {
        of: name,
        images: group.images,
        containers: group.containers,
        hosts: group.hosts,
        reason,
    })
}
