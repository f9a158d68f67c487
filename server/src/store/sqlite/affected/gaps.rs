//! Gaps: what runs of which no feed lists everything, by distribution and by registry.

use index::{Extent, Registries};
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
    let mut gaps: Vec<FeedGap> = counted.unspoken.into_iter().map(of_distribution).collect();
    // Several types are of one registry, which counts once.
    let of_families = by_family(&mut asking)?.into_iter();
    gaps.extend(of_families.filter_map(|(family, extent)| gap(family.name(), extent, query)));
    let groups = by_type(&mut asking)?;
    let of_types = groups.iter().filter_map(|group| of_registry(group, query));
    gaps.extend(of_types.filter(|one| Family::named(&one.of).is_none()));
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
    let gaps: Vec<FeedGap> = match query.find.artifact.is_empty() && query.find.any.is_empty() {
        true => {
            let all = by_family(asking)?.into_iter();
            all.filter_map(|(family, extent)| gap(family.name(), extent, query))
                .collect()
        }
        false => {
            let groups = by_type(asking)?;
            let gaps = groups.iter().filter_map(|group| of_registry(group, query));
            gaps.filter(|one| Family::named(&one.of).is_some())
                .collect()
        }
    };
    let unspoken = gaps.into_iter().map(|one| Unspoken {
        distro: one.of,
        distro_version: String::new(),
        images: one.images,
        containers: one.containers,
        hosts: one.hosts,
        reason: one.reason,
    });
    Ok(unspoken.collect())
}

/// The registries whose packages run, where the question is about any artifacts: by what each image holds in short.
fn by_family(asking: &mut Asking<'_>) -> Result<Vec<(Family, Extent)>> {
    let mut counting = Registries::default();
    asking.pieces(|search, pause| search.count_registries(&mut counting, pause))?;
    Ok(counting.counted().collect())
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
    let extent = Extent {
        images: group.images,
        containers: group.containers,
        hosts: group.hosts,
    };
    gap(&origin(kind, Distro::default()), extent, query)
}

/// What isn't known of a registry, by its name, of which so much runs.
fn gap(name: &str, extent: Extent, query: &AffectedQuery) -> Option<FeedGap> {
    let (verdict, reason) = absent(best::of_registry(Family::named(name), query), name);
    (verdict == Verdict::Unknown).then_some(FeedGap {
        of: name.to_owned(),
        images: extent.images,
        containers: extent.containers,
        hosts: extent.hosts,
        reason,
    })
}
