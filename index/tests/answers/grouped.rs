//! Groups and covers of what advisories say something of, against the rows that those have.

use std::collections::{BTreeMap, BTreeSet};

use index::{Advisories, ByAdvisory, Explaining, OfAdvisory, Question, Search};
use model::{tally::Counts, verdict::worst};
use proto_types::{ExplainedArtifact, GroupBy, Verdict};

use crate::{
    plain::{Found, Plain, counted},
    plain_judged::Said,
};

/// Groups and the cover of a question that was narrowed to these rows.
pub fn check(mut search: Search<'_>, plain: &Plain, said: &[Said]) {
    let rows = distinct(said);
    assert_eq!(search.total().rows, rows.len() as u64);
    assert_eq!(search.total().counts, counted(rows.iter()));
    for by in GroupBy::ALL {
        let groups = search.groups(*by, 0, usize::MAX);
        assert_eq!(groups, plain.groups_of(&rows, *by), "{by}");
    }
    let runs: BTreeSet<_> = rows
        .iter()
        .map(|one| (one.image, one.run, one.host))
        .collect();
    let mut hosts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (image, _, host) in runs {
        hosts.entry(image).or_default().push(host);
    }
    assert_eq!(search.cover(9), plain.cover_of(&hosts, 9));
}

/// The first page of groups by advisory.
pub fn check_by_advisory((page, advisories): (&ByAdvisory, &Advisories), said: &[Said]) {
    let mut groups: BTreeMap<&str, Vec<&Said>> = BTreeMap::new();
    for one in said {
        groups.entry(&one.result.advisory).or_default().push(one);
    }
    let place = |id: &str| (0..advisories.len()).find(|at| advisories.get(*at).unwrap().id == id);
    let all = groups.iter().map(|(id, rows)| {
        let says = |verdict: &&Verdict| rows.iter().any(|one| one.result.verdict == **verdict);
        OfAdvisory {
            place: place(id).unwrap(),
            verdicts: Verdict::ALL.iter().filter(says).copied().collect(),
            counts: counted(rows.iter().map(|one| &one.found)),
        }
    });
    let all: Vec<OfAdvisory> = all.collect();
    assert_eq!(page.total, all.len() as u64);
    assert_eq!(page.next, all.get(2).map(|one| one.place));
    assert_eq!(page.groups, all[..all.len().min(2)]);
}

/// The rows of several advisories, each once.
fn distinct(said: &[Said]) -> Vec<Found> {
    let rows = said
        .iter()
        .map(|one| ((one.found.artifact, one.found.run), &one.found));
    let rows: BTreeMap<_, _> = rows.collect();
    rows.into_values().cloned().collect()
}

/// What is explained: of each artifact in the images of each distribution of which vendors state the same, what counts most
/// of what all rows say.
pub fn check_explained(
    (search, advisories): (&Search<'_>, &Advisories),
    (plain, question): (&Plain, &Question),
    said: &[Said],
) {
    let mut explaining = Explaining::new(advisories, usize::MAX);
    while search
        .explain(&mut explaining, advisories, &|| true)
        .is_none()
    {}
    type Key = (u32, String, String, BTreeSet<String>);
    let mut groups: BTreeMap<Key, Vec<Found>> = BTreeMap::new();
    for row in plain.rows(question) {
        let distro = plain.distro(row.image);
        let is_of = |one: &&Said| {
            (one.found.artifact, one.found.image) == (row.artifact, row.image)
                && one.excuse.is_some()
        };
        let excuses = said.iter().filter(is_of);
        let excuses = excuses.map(|one| format!("{} {:?}", one.result.advisory, one.excuse));
        let key = (
            row.artifact,
            distro.id.to_owned(),
            distro.version.to_owned(),
            excuses.collect(),
        );
        groups.entry(key).or_default().push(row);
    }
    let of = |key: &Key, rows: &Vec<Found>| {
        let is_of = |one: &&Said| {
            let mut images = rows.iter().map(|row| row.image);
            one.found.artifact == key.0 && images.any(|image| image == one.found.image)
        };
        let verdicts = said.iter().filter(is_of).map(|one| one.result.verdict);
        let one = &rows[0].result;
        let verdict = verdicts.reduce(worst).map(Verdict::as_str);
        (
            one.name.clone(),
            one.version.clone(),
            key.1.clone(),
            verdict,
            counted(rows.iter()),
        )
    };
    let mut expected: Vec<_> = groups.iter().map(|(key, rows)| of(key, rows)).collect();
    let said = |one: &ExplainedArtifact| {
        let counts = Counts {
            artifacts: 1,
            images: one.images,
            containers: one.containers,
            hosts: one.hosts,
        };
        let verdict = one.verdict.map(Verdict::as_str);
        (
            one.name.clone(),
            one.version.clone(),
            one.distro.clone(),
            verdict,
            counts,
        )
    };
    let mut found: Vec<_> = explaining.found.iter().map(said).collect();
    assert_eq!(explaining.total, found.len() as u64);
    found.sort_by_key(|one| format!("{one:?}"));
    expected.sort_by_key(|one| format!("{one:?}"));
    assert_eq!(found, expected);
}
