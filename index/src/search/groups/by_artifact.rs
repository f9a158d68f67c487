//! Groups by what the artifacts themselves say: name, version, type.

use model::{age, age::Release, fields::ArtifactFields};
use proto_types::Group;

use super::window::{Groups, Window, group};
use crate::bits::Bits;
use crate::search::{counter::Counter, look::Search};

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
        group(artifacts.texts().get(name).to_owned(), None, counter.take())
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
        let counts = counter.take();
        (rows > 0).then(|| group(artifacts.texts().get(name).to_owned(), None, counts))
    });
    counted.take(limit).collect()
}

/// The groups by version: by type, and newest first within one.
pub fn versions(search: &Search<'_>, window: Window) -> Groups {
    let artifacts = &search.index.artifacts;
    let counting = sorted(search, |one| {
        (artifacts.kind_number(one), artifacts.version(one))
    });
    let key = |artifact: u32| {
        let artifact = artifacts.at(artifact);
        (
            artifact.version().to_owned(),
            artifact.artifact_type().to_owned(),
        )
    };
    let mut groups: Vec<_> = chunks(&counting)
        .map(|of_one| (key(of_one[0].1), of_one))
        .collect();
    // A known start makes the order the same each time even where versions tie.
    groups.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let mut groups: Vec<_> = groups
        .into_iter()
        .map(|((version, kind), of_one)| {
            // It may hold the version's epoch.
            let purl = of_one
                .iter()
                .find_map(|(_, one)| artifacts.at(*one).purl().map(str::to_owned));
            (version, kind, purl, of_one)
        })
        .collect();
    versions::sort_by(
        &mut groups,
        |(a, kind, purl, _), (b, other, other_purl, _)| {
            let release = |artifact_type, version, purl| Release {
                artifact_type,
                version,
                purl,
            };
            age::newest_first(
                release(kind, a, purl.as_deref()),
                release(other, b, other_purl.as_deref()),
            )
        },
    );
    let mut counter = Counter::new(&search.scope);
    let on_page = window.of(&groups).iter();
    Groups {
        total: groups.len() as u64,
        groups: on_page
            .map(|(version, kind, _, of_one)| {
                counted(
                    search,
                    &mut counter,
                    of_one,
                    (version.clone(), Some(kind.clone())),
                )
            })
            .collect(),
    }
}

/// How many versions there are.
pub fn count_versions(search: &Search<'_>) -> usize {
    let artifacts = &search.index.artifacts;
    let versions = search.counting().iter().map(|one| artifacts.version(one));
    versions.collect::<Bits>().len()
}

/// The groups by type, in its order.
pub fn types(search: &Search<'_>, window: Window) -> Groups {
    let artifacts = &search.index.artifacts;
    let counting = sorted(search, |one| artifacts.kind_number(one));
    let kind = |of_one: &[(u32, u32)]| artifacts.kind(of_one[0].1).to_owned();
    let mut groups: Vec<_> = chunks(&counting)
        .map(|of_one| (kind(of_one), of_one))
        .collect();
    groups.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let mut counter = Counter::new(&search.scope);
    let on_page = window.of(&groups).iter();
    Groups {
        total: groups.len() as u64,
        groups: on_page
            .map(|(kind, of_one)| counted(search, &mut counter, of_one, (kind.clone(), None)))
            .collect(),
    }
}

/// The artifacts that fit and count, each with its key, by key and number.
fn sorted<K: Ord>(search: &Search<'_>, key: impl Fn(u32) -> K) -> Vec<(K, u32)> {
    let counting = search.counting().iter();
    let mut counting: Vec<(K, u32)> = counting.map(|one| (key(one), one)).collect();
    counting.sort_unstable();
    counting
}

fn chunks<K: PartialEq>(counting: &[(K, u32)]) -> impl Iterator<Item = &[(K, u32)]> {
    counting.chunk_by(|(one, _), (other, _)| one == other)
}

fn counted<K>(
    search: &Search<'_>,
    counter: &mut Counter,
    of_one: &[(K, u32)],
    (key, label): (String, Option<String>),
) -> Group {
    for (_, artifact) in of_one {
        search.count_in(counter, *artifact);
    }
    group(key, label, counter.take())
}
