//! Groups by what the artifacts themselves say: name, version, type.

use model::{age, age::Release, fields::ArtifactFields};
use proto_types::Group;

use super::{
    side_by_side,
    window::{Groups, Window, group},
};
use crate::{
    artifacts::Artifacts,
    bits::Bits,
    search::{counter::Counter, lined_up::LinedUp, look::Search},
};

/// The groups by name, in its order.
pub fn names(search: &Search<'_>, window: Window) -> Groups {
    let artifacts = &search.index.artifacts;
    let counting = search.counting();
    let names: Bits = counting.iter().map(|one| artifacts.name(one)).collect();
    let mut counter = Counter::new(&search.scope);
    let on_page = search
        .names_from(None)
        .filter(|name| names.contains(*name))
        .skip(window.skip)
        .take(window.limit);
    let counted = on_page.map(|name| {
        let of_name = artifacts.of_name(name).iter();
        for artifact in of_name.filter(|one| counting.contains(**one)) {
            search.count_in(&mut counter, *artifact);
        }
        group(
            artifacts.texts().get(name).to_owned(),
            None,
            counter.take(&search.scope),
        )
    });
    Groups {
        groups: counted.collect(),
        total: names.len() as u64,
    }
}

/// At most so many groups by name behind a name: what stands before it isn't looked at.
pub fn names_after(search: &Search<'_>, after: &str, limit: usize) -> Vec<Group> {
    let artifacts = &search.index.artifacts;
    let mut counter = Counter::new(&search.scope);
    let behind = search
        .names_from(Some(after))
        .filter(|name| artifacts.texts().get(*name) != after);
    let counted = behind.filter_map(|name| {
        let mut rows = 0;
        let fitting = search.fitting();
        let of_name = artifacts.of_name(name).iter();
        for artifact in of_name.filter(|one| fitting.contains(**one)) {
            rows += search.count_in(&mut counter, *artifact);
        }
        let counts = counter.take(&search.scope);
        (rows > 0).then(|| group(artifacts.texts().get(name).to_owned(), None, counts))
    });
    counted.take(limit).collect()
}

/// The groups by version: by type, and newest first within one.
pub fn versions(search: &Search<'_>) -> LinedUp {
    let artifacts = &search.index.artifacts;
    let counting = search.counting().iter();
    let key = |one: u32| (artifacts.kind_number(one), artifacts.version(one));
    let mut counting: Vec<_> = counting.map(|one| (key(one), one)).collect();
    counting.sort_unstable();
    let groups = counting.chunk_by(|(one, _), (other, _)| one == other);
    let mut groups: Vec<OfVersion<'_>> = groups
        .map(|of_one| OfVersion::of(artifacts, of_one))
        .collect();
    // A known start makes the order the same each time even where versions tie.
    groups.sort_unstable_by(|a, b| (&a.version, &a.kind).cmp(&(&b.version, &b.kind)));
    versions::sort_by(&mut groups, |a, b| {
        age::newest_first(a.release(), b.release())
    });
    let mut lined_up = LinedUp::default();
    for one in groups {
        let of_one = one.artifacts.iter().map(|(_, artifact)| *artifact);
        lined_up.push(one.version, Some(one.kind), of_one);
    }
    lined_up
}

/// The artifacts of one type in one version.
struct OfVersion<'c> {
    version: String,
    kind: String,
    /// It may hold the version's epoch.
    purl: Option<String>,
    artifacts: &'c [((u32, u32), u32)],
}

impl<'c> OfVersion<'c> {
    fn of(artifacts: &Artifacts, of_one: &'c [((u32, u32), u32)]) -> Self {
        let mut each = of_one.iter().map(|(_, one)| artifacts.at(*one));
        let (version, kind) = each.clone().next().map_or_else(Default::default, |first| {
            (first.version().to_owned(), first.artifact_type().to_owned())
        });
        Self {
            version,
            kind,
            purl: each.find_map(|one| one.purl().map(str::to_owned)),
            artifacts: of_one,
        }
    }

    fn release(&self) -> Release<'_> {
        Release {
            artifact_type: &self.kind,
            version: &self.version,
            purl: self.purl.as_deref(),
        }
    }
}

/// Counts those on a page.
pub fn page(search: &Search<'_>, all: &LinedUp, window: Window) -> Groups {
    let on_page = window.of(&all.groups);
    let artifacts: Vec<_> = on_page.iter().map(|one| all.artifacts(one)).collect();
    let counts = side_by_side::counts(search, &artifacts);
    let counted = on_page.iter().zip(counts);
    let groups = counted.map(|(one, counts)| group(one.key.clone(), one.label.clone(), counts));
    Groups {
        groups: groups.collect(),
        total: all.groups.len() as u64,
    }
}

/// How many versions there are.
pub fn count_versions(search: &Search<'_>) -> usize {
    let artifacts = &search.index.artifacts;
    let versions = search.counting().iter().map(|one| artifacts.version(one));
    versions.collect::<Bits>().len()
}

/// The groups by type, in its order, of the artifacts that `count`.
pub fn types(search: &Search<'_>, count: impl Fn(u32) -> bool) -> LinedUp {
    let artifacts = &search.index.artifacts;
    let mut groups: Vec<_> = artifacts.kinds().map(|kind| (kind, Vec::new())).collect();
    for artifact in search.counting().iter().filter(|one| count(*one)) {
        let kind = artifacts.kind_number(artifact) as usize;
        if let Some((_, list)) = groups.get_mut(kind) {
            list.push(artifact);
        }
    }
    groups.retain(|(_, list)| !list.is_empty());
    groups.sort_unstable();
    let mut lined_up = LinedUp::default();
    for (kind, list) in groups {
        lined_up.push(kind.to_owned(), None, list.into_iter());
    }
    lined_up
}
