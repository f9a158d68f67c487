//! The artifacts of one image as a set, end to end in one piece of memory: 200,000 of them take a
//! fourth of what as many [`Artifact`]s take, each of which is nine pieces.

mod held;

use proto_types::Artifact;

pub use held::Held;
use held::Row;

/// Artifacts in their order, each once.
#[derive(Debug, Clone, Default)]
pub struct ArtifactSet(Artifacts);

/// Artifacts as they come, in any order and perhaps twice.
#[derive(Debug, Clone, Default)]
pub struct Artifacts {
    rows: Vec<Row>,
    texts: String,
}

impl Artifacts {
    /// One more.
    pub fn push(&mut self, artifact: &Artifact) {
        self.rows.push(Row::append(artifact, &mut self.texts));
    }

    /// All of them in order, each once.
    #[must_use]
    pub fn into_set(mut self) -> ArtifactSet {
        let Self { rows, texts } = &mut self;
        let held = |row: &Row| Held::new(*row, texts);
        rows.sort_unstable_by(|one, other| held(one).cmp(&held(other)));
        let many = rows.len();
        rows.dedup_by(|one, other| held(one) == held(other));
        let set = ArtifactSet(self);
        match set.len() < many {
            true => set.first(set.len()),
            false => set.small(),
        }
    }
}

impl ArtifactSet {
    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.rows.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.rows.is_empty()
    }

    /// The one at a place, from 0 on.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<Held<'_>> {
        let row = self.0.rows.get(place)?;
        Some(Held::new(*row, &self.0.texts))
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Held<'_>> {
        let rows = self.0.rows.iter();
        rows.map(|row| Held::new(*row, &self.0.texts))
    }

    /// Whether one that these say where to look for is in it: how an artifact compares with it.
    pub fn has(&self, compare: impl Fn(&Held<'_>) -> std::cmp::Ordering) -> bool {
        let held = |row: &Row| Held::new(*row, &self.0.texts);
        let found = self.0.rows.binary_search_by(|row| compare(&held(row)));
        found.is_ok()
    }

    /// The first ones, and nothing of the others' texts.
    #[must_use]
    pub fn first(&self, count: usize) -> Self {
        let texts = &self.0.texts;
        let mut first = Artifacts::default();
        for row in self.0.rows.iter().take(count) {
            first.rows.push(row.moved(texts, &mut first.texts));
        }
        Self(first).small()
    }

    /// Each as an artifact of its own.
    #[must_use]
    pub fn to_vec(&self) -> Vec<Artifact> {
        self.iter().map(|held| held.whole()).collect()
    }

    /// The same without room for more.
    fn small(mut self) -> Self {
        self.0.rows.shrink_to_fit();
        self.0.texts.shrink_to_fit();
        self
    }
}

impl<A: std::borrow::Borrow<Artifact>> FromIterator<A> for ArtifactSet {
    fn from_iter<I: IntoIterator<Item = A>>(artifacts: I) -> Self {
        let mut all = Artifacts::default();
        for artifact in artifacts {
            all.push(artifact.borrow());
        }
        all.into_set()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn artifact() -> impl Strategy<Value = Artifact> {
        let text = || prop::option::of("[ab]{0,2}");
        let licenses = prop::collection::vec("[A1:é]{0,2}", 0..3);
        let needed = ("[ab]{0,1}", "[ab]{0,2}", "[ab]{0,1}");
        let rest = (text(), text(), text(), text(), licenses, any::<bool>());
        (needed, rest).prop_map(|(needed, rest)| Artifact {
            artifact_type: needed.0,
            name: needed.1,
            version: needed.2,
            purl: rest.0,
            source: rest.1,
            source_version: rest.2,
            module: rest.3,
            licenses: rest.4,
            owned_by_os: rest.5,
        })
    }

    proptest! {
        #[test]
        fn a_set_holds_what_it_was_given_in_the_order_of_artifacts(
            artifacts in prop::collection::vec(artifact(), 0..20),
            count in 0..20_usize,
        ) {
            let set: ArtifactSet = artifacts.iter().collect();
            let plain: BTreeSet<&Artifact> = artifacts.iter().collect();
            let plain: Vec<Artifact> = plain.into_iter().cloned().collect();
            prop_assert_eq!(set.to_vec(), &plain[..]);
            prop_assert_eq!(set.len(), plain.len());
            let first = set.first(count);
            prop_assert_eq!(first.to_vec(), &plain[..count.min(plain.len())]);
            for (one, held) in plain.iter().zip(set.iter()) {
                prop_assert!(set.has(|other| other.cmp(&held)));
                prop_assert_eq!(first.has(|other| other.cmp(&held)), first.to_vec().contains(one));
            }
        }
    }
}
