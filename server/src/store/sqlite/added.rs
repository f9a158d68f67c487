//! What the group of changes that is being made has added to the artifacts and taken away, before
//! it is committed and the index knows of it.

use std::{
    collections::{HashMap, HashSet, hash_map::RandomState},
    hash::BuildHasher,
    sync::Arc,
};

use index::Index;
use model::{
    artifacts::{ArtifactSet, Held},
    fields::ArtifactFields,
    moment::Moment,
};
use rusqlite::Connection;

use crate::store::{Result, StoreError};

use super::{blocks, sql::ms};

/// An artifact that was added, at its place in the SBOM that it came with.
struct New {
    number: u32,
    place: u32,
    of: Arc<ArtifactSet>,
    again: bool,
}

impl New {
    fn held(&self) -> Option<Held<'_>> {
        self.of.get(self.place as usize)
    }
}

/// What was added and taken away.
#[derive(Default)]
pub struct Added {
    /// The number that the next artifact gets. None is given out twice, so that who reads an older
    /// state of the database finds in the index what a number meant there, or nothing.
    next: u32,
    new: Vec<New>,
    /// The place among those of one by a hash of all that is kept of it.
    same: HashMap<u64, usize>,
    /// And of the first by a hash of its type, name, version and package URL.
    alike: HashMap<u64, usize>,
    hasher: RandomState,
    dropped: Vec<u32>,
    is_dropped: HashSet<u32>,
    has_sboms: bool,
}

/// How much there was before a change.
#[derive(Clone, Copy)]
pub struct Mark {
    new: usize,
    dropped: usize,
}

impl Added {
    /// Nothing, beside what the database holds.
    ///
    /// # Errors
    /// [`StoreError`] where it can't be read.
    pub fn beside(connection: &Connection) -> Result<Self> {
        Ok(Self {
            next: blocks::next(connection)?,
            ..Self::default()
        })
    }

    /// The number of an artifact, should there be one.
    pub fn number_of(&self, index: &Index, artifact: &Held<'_>) -> Option<u32> {
        let known = index.number_of(artifact);
        known
            .filter(|number| !self.is_dropped.contains(number))
            .or_else(|| {
                let place = self.same.get(&self.hash_of_all(artifact))?;
                let new = self.new.get(*place)?;
                (new.held()? == *artifact).then_some(new.number)
            })
    }

    /// Adds the artifact at a place of an SBOM, which has no number; its number.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where every number was given out.
    pub fn add(&mut self, index: &Index, of: &Arc<ArtifactSet>, place: u32) -> Result<u32> {
        let Some(artifact) = of.get(place as usize) else {
            return Err(StoreError::Engine("an SBOM has no such place".into()));
        };
        let (same, alike) = (self.hash_of_all(&artifact), self.hash_of_most(&artifact));
        let first = self
            .alike
            .get(&alike)
            .and_then(|place| self.new.get(*place));
        let first = first.and_then(New::held);
        let again = first.is_some_and(|first| most(&first) == most(&artifact))
            || index.has_alike(&artifact);
        let number = self.next;
        self.next = number.checked_add(1).ok_or_else(|| {
            StoreError::Unavailable("there is no number left for another artifact".to_owned())
        })?;
        self.same.insert(same, self.new.len());
        self.alike.entry(alike).or_insert(self.new.len());
        self.new.push(New {
            number,
            place,
            of: Arc::clone(of),
            again,
        });
        Ok(number)
    }

    /// An artifact that was added.
    pub fn get(&self, number: u32) -> Option<Held<'_>> {
        let place = self.new.binary_search_by_key(&number, |new| new.number);
        self.new.get(place.ok()?)?.held()
    }

    /// Notes that an artifact was dropped, which the index still knows.
    pub fn drop(&mut self, number: u32) {
        self.dropped.push(number);
        self.is_dropped.insert(number);
    }

    /// Whether an artifact that the index knows was dropped.
    pub fn is_dropped(&self, number: u32) -> bool {
        self.is_dropped.contains(&number)
    }

    /// Notes that an image was given an SBOM, of whatever artifacts.
    pub const fn note_sbom(&mut self) {
        self.has_sboms = true;
    }

    /// Whether an image was given an SBOM, which the index knows nothing of.
    pub const fn has_sboms(&self) -> bool {
        self.has_sboms
    }

    /// How much there is.
    pub const fn mark(&self) -> Mark {
        Mark {
            new: self.new.len(),
            dropped: self.dropped.len(),
        }
    }

    /// Forgets what came after a mark, for the change failed.
    pub fn back_to(&mut self, mark: Mark) {
        self.new.truncate(mark.new);
        self.same.retain(|_, place| *place < mark.new);
        self.alike.retain(|_, place| *place < mark.new);
        for number in self.dropped.drain(mark.dropped..) {
            self.is_dropped.remove(&number);
        }
    }

    /// Writes what was added, as part of a commit.
    ///
    /// # Errors
    /// [`StoreError`] where that can't be written.
    pub fn write(&self, connection: &Connection, commit: Moment) -> Result<()> {
        let at = (commit.seq, ms(commit.at));
        for some in self.new.chunks(blocks::MOST) {
            let held: Vec<_> = some.iter().filter_map(New::held).collect();
            let rows: Vec<_> = some
                .iter()
                .zip(&held)
                .map(|(new, held)| (new.number, held, new.again))
                .collect();
            blocks::add(connection, &rows, at)?;
        }
        Ok(())
    }

    /// Forgets everything: it was committed and the index told, or all of it failed.
    pub fn clear(&mut self) {
        *self = Self {
            next: self.next,
            ..Self::default()
        };
    }

    fn hash_of_most(&self, artifact: &Held<'_>) -> u64 {
        self.hasher.hash_one(most(artifact))
    }

    fn hash_of_all(&self, artifact: &Held<'_>) -> u64 {
        let source = (artifact.source(), artifact.source_version());
        let rest = (artifact.module(), artifact.packed_licenses());
        let all = (most(artifact), source, rest, artifact.owned_by_os());
        self.hasher.hash_one(all)
    }
}

/// What two have in common that are one but for their details.
fn most<'a>(artifact: &'a Held<'_>) -> (&'a str, &'a str, &'a str, Option<&'a str>) {
    let kind = artifact.artifact_type();
    let (name, version) = (artifact.name(), artifact.version());
    (kind, name, version, artifact.purl())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use proto_types::Artifact;

    use super::*;
    use crate::store::sqlite::{connection::open_writer, migrations};

    fn artifact(name: &str, license: &str) -> Artifact {
        Artifact {
            artifact_type: "deb".to_owned(),
            name: name.to_owned(),
            licenses: vec![license.to_owned()],
            ..Artifact::default()
        }
    }

    #[test]
    fn of_a_change_that_fails_nothing_is_left_and_its_numbers_are_not_given_out_again() {
        let dir = tempfile::tempdir().unwrap();
        let mut connection = open_writer(&dir.path().join("x.db")).unwrap();
        migrations::apply(&mut connection).unwrap();
        let index = Index::new();
        let mut added = Added::beside(&connection).unwrap();
        let [one, two] = [artifact("a", "MIT"), artifact("a", "ISC")];
        let both: Arc<ArtifactSet> = Arc::new([&one, &two].into_iter().collect());
        // In their order, the other one comes first.
        let place = |artifact: &Artifact| u32::from(*artifact == one);
        let add = |added: &mut Added, artifact| added.add(&index, &both, place(artifact)).unwrap();
        let number_of = |added: &Added, artifact: &Artifact| {
            added.number_of(&index, &both.get(place(artifact) as usize).unwrap())
        };
        assert_eq!(add(&mut added, &one), 1);
        let mark = added.mark();
        assert_eq!(add(&mut added, &two), 2);
        added.drop(9);
        added.back_to(mark);
        assert_eq!(number_of(&added, &one), Some(1));
        assert_eq!(number_of(&added, &two), None);
        assert!(added.is_dropped.is_empty());
        assert_eq!(add(&mut added, &two), 3);
        assert_eq!(added.get(3).unwrap().whole(), two);
        let at = proto_types::Timestamp::UNIX_EPOCH;
        added.write(&connection, Moment { seq: 1, at }).unwrap();
        added.clear();
        assert_eq!(number_of(&added, &one), None);
        assert_eq!(
            blocks::some(&connection, &[1, 2, 3]).unwrap(),
            [(1, one), (3, two)]
        );
        assert_eq!(Added::beside(&connection).unwrap().next, 4);
    }
}
