//! Reads a feed and judges each version that it names by all of it, found by their keys:
//! `cargo run --release -p advisories --example join -- PATH ID VERSION`, of the distribution `ID VERSION`.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    env,
    path::Path,
    time::Instant,
};

use advisories::input::{self, Found};
use model::{
    advisory::{Advisory, Key, keys, keys_of},
    verdict::{Distro, Subject, judge},
};
use proto_types::Artifact;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [path, id, version] = arguments.as_slice() else {
        println!("usage: join PATH ID VERSION");
        return;
    };
    let mut advisories = Vec::new();
    let read = input::path(Path::new(path), |found| {
        if let Found::Advisory(advisory) = found {
            advisories.push(*advisory);
        }
        Ok(())
    });
    if let Err(error) = read {
        println!("broken: {error}");
    }
    let artifacts = artifacts(&advisories);
    let start = Instant::now();
    let verdicts = join(&advisories, &artifacts, Distro { id, version });
    println!(
        "{} records, {} artifacts, {verdicts:?}, in {:.2} s",
        advisories.len(),
        artifacts.len(),
        start.elapsed().as_secs_f64()
    );
}

/// How often there was which verdict.
fn join(
    advisories: &[Advisory],
    artifacts: &[Artifact],
    distro: Distro<'_>,
) -> BTreeMap<&'static str, u64> {
    let mut by_key: HashMap<Key, Vec<usize>> = HashMap::new();
    for (number, advisory) in advisories.iter().enumerate() {
        for key in keys(advisory) {
            by_key.entry(key).or_default().push(number);
        }
    }
    let mut verdicts = BTreeMap::new();
    for artifact in artifacts {
        let subject = Subject::new(artifact, artifact.owned_by_os, distro);
        let keys = keys_of(artifact);
        let found = keys.iter().filter_map(|key| by_key.get(key)).flatten();
        for &number in &found.collect::<BTreeSet<_>>() {
            if let Some(judgement) = judge(&advisories[*number], &subject) {
                *verdicts.entry(judgement.verdict.as_str()).or_default() += 1;
            }
        }
    }
    verdicts
}

/// An artifact for each version that is named, each once.
fn artifacts(advisories: &[Advisory]) -> Vec<Artifact> {
    let mut artifacts = BTreeSet::new();
    for entry in advisories.iter().flat_map(|advisory| &advisory.affected) {
        let Some(family) = entry.ecosystem.family() else {
            continue;
        };
        for event in entry.ranges.iter().flat_map(|range| &range.events) {
            artifacts.insert(Artifact {
                artifact_type: family.purl_type().to_owned(),
                name: entry.name.clone(),
                version: event.version().to_owned(),
                ..Artifact::default()
            });
        }
    }
    artifacts.into_iter().collect()
}
