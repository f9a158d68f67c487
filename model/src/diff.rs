//! Diff: what two sides hold differently, by artifact and version.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use proto_types::{Artifact, ChangedArtifact, Direction};

use crate::age;

/// What one side holds: its artifacts by name and type.
#[derive(Debug, Default)]
pub struct Held(BTreeMap<(String, String), BTreeSet<Artifact>>);

/// What one side holds and the other doesn't.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Artifacts that only the second side holds, by name and type.
    pub added: Vec<Artifact>,
    /// Artifacts that only the first side holds.
    pub removed: Vec<Artifact>,
    /// Artifacts that both hold, in other versions.
    pub changed: Vec<ChangedArtifact>,
}

impl Held {
    /// How many artifacts there are, each once.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.0
            .values()
            .map(|artifacts| artifacts.len() as u64)
            .sum()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Extend<Artifact> for Held {
    fn extend<I: IntoIterator<Item = Artifact>>(&mut self, artifacts: I) {
        for artifact in artifacts {
            let key = (artifact.name.clone(), artifact.artifact_type.clone());
            self.0.entry(key).or_default().insert(artifact);
        }
    }
}

/// Compares two sides.
#[must_use]
pub fn compare(mut before: Held, after: Held) -> Differences {
    let mut differences = Differences::default();
    for (key, there) in after.0 {
        let here = before.0.remove(&key).unwrap_or_default();
        differences.add(key, &here, &there);
    }
    let gone = before.0.into_values().flatten();
    differences.removed.extend(gone);
    differences.removed.sort_by(by_name);
    differences
}

impl Differences {
    /// Adds what the versions of one artifact did.
    fn add(
        &mut self,
        (name, artifact_type): (String, String),
        here: &BTreeSet<Artifact>,
        there: &BTreeSet<Artifact>,
    ) {
        let left = only(here, there);
        let came = only(there, here);
        let (Some(old), Some(new)) = (left.first(), came.first()) else {
            self.removed.extend(left.into_iter().cloned());
            self.added.extend(came.into_iter().cloned());
            return;
        };
        let direction = match age::compare(*new, *old) {
            Ordering::Greater => Direction::Up,
            Ordering::Less => Direction::Down,
            Ordering::Equal => Direction::Level,
        };
        self.changed.push(ChangedArtifact {
            artifact_type,
            name,
            direction,
            from: versions_of(&left),
            to: versions_of(&came),
        });
    }
}

/// The artifacts whose versions only one side holds, newest first. An artifact that differs in
/// its purl alone (the architecture, say) is no other one here.
fn only<'a>(one: &'a BTreeSet<Artifact>, other: &BTreeSet<Artifact>) -> Vec<&'a Artifact> {
    let mut seen: BTreeSet<&str> = other.iter().map(|one| one.version.as_str()).collect();
    let mut only: Vec<&Artifact> = one
        .iter()
        .filter(|artifact| seen.insert(artifact.version.as_str()))
        .collect();
    versions::sort_by(&mut only, |a, b| age::compare(*b, *a));
    only
}

fn versions_of(artifacts: &[&Artifact]) -> Vec<String> {
    let versions = artifacts.iter().map(|artifact| artifact.version.clone());
    versions.collect()
}

fn by_name(a: &Artifact, b: &Artifact) -> Ordering {
    (&a.name, &a.artifact_type, a).cmp(&(&b.name, &b.artifact_type, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(artifacts: &[(&str, &str)]) -> Held {
        let mut held = Held::default();
        held.extend(artifacts.iter().map(|(name, version)| deb(name, version)));
        held
    }

    fn deb(name: &str, version: &str) -> Artifact {
        Artifact {
            artifact_type: "deb".to_owned(),
            name: name.to_owned(),
            version: version.to_owned(),
            ..Artifact::default()
        }
    }

    #[test]
    fn what_only_one_side_holds_came_or_went() {
        let found = compare(
            held(&[("a", "1"), ("z", "1")]),
            held(&[("a", "1"), ("b", "2")]),
        );
        assert_eq!(found.added, [deb("b", "2")]);
        assert_eq!(found.removed, [deb("z", "1")]);
        assert_eq!(found.changed, []);
    }

    #[test]
    fn a_version_that_both_hold_is_no_difference_and_the_rest_has_a_direction() {
        let found = compare(
            held(&[("a", "1.9"), ("a", "1.0")]),
            held(&[("a", "1.10"), ("a", "1.0")]),
        );
        let [changed] = found.changed.as_slice() else {
            panic!("one artifact changed: {found:?}");
        };
        assert_eq!(changed.direction, Direction::Up);
        assert_eq!((changed.from.len(), changed.to.len()), (1, 1));
        assert_eq!(
            compare(held(&[("a", "1:1")]), held(&[("a", "9")])).changed[0].direction,
            Direction::Down
        );
    }

    #[test]
    fn the_same_artifact_of_another_architecture_is_no_difference() {
        let mut other = deb("a", "1");
        other.purl = Some("pkg:deb/debian/a@1?arch=arm64".to_owned());
        let mut after = Held::default();
        after.extend([other]);
        assert_eq!(after.len(), 1);
        assert_eq!(compare(held(&[("a", "1")]), after), Differences::default());
    }
}
