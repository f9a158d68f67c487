//! What the group of changes that is being made has added to the artifacts and taken away, before
//! it is committed and the index knows of it.

use std::collections::{HashMap, HashSet};

use index::Index;
use model::moment::Moment;
use proto_types::Artifact;
use rusqlite::Connection;

use crate::store::{Result, StoreError};

use super::{blocks, sql::ms};

/// An artifact that was added.
struct New {
    number: u32,
    artifact: Artifact,
    again: bool,
}

/// What was added and taken away.
#[derive(Default)]
pub struct Added {
    /// The number that the next artifact gets. None is given out twice, so that who reads an older
    /// state of the database finds in the index what a number meant there, or nothing.
    next: u32,
    new: Vec<New>,
    /// The places of a name's artifacts among those.
    by_name: HashMap<String, Vec<usize>>,
    dropped: Vec<u32>,
    is_dropped: HashSet<u32>,
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
    pub fn number_of(&self, index: &Index, artifact: &Artifact) -> Option<u32> {
        let known = index.number_of(artifact);
        known
            .filter(|number| !self.is_dropped.contains(number))
            .or_else(|| {
                let mut named = self.named(&artifact.name);
                let same = named.find(|new| new.artifact == *artifact);
                same.map(|new| new.number)
            })
    }

    /// Adds an artifact that has no number; its number.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where every number was given out.
    pub fn add(&mut self, index: &Index, artifact: &Artifact) -> Result<u32> {
        let again = index.has_alike(artifact)
            || self
                .named(&artifact.name)
                .any(|new| is_alike(&new.artifact, artifact));
        let number = self.next;
        self.next = number.checked_add(1).ok_or_else(|| {
            StoreError::Unavailable("there is no number left for another artifact".to_owned())
        })?;
        let places = self.by_name.entry(artifact.name.clone()).or_default();
        places.push(self.new.len());
        self.new.push(New {
            number,
            artifact: artifact.clone(),
            again,
        });
        Ok(number)
    }

    /// An artifact that was added.
    pub fn get(&self, number: u32) -> Option<&Artifact> {
        let place = self.new.binary_search_by_key(&number, |new| new.number);
        Some(&self.new.get(place.ok()?)?.artifact)
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

    /// How much there is.
    pub const fn mark(&self) -> Mark {
        Mark {
            new: self.new.len(),
            dropped: self.dropped.len(),
        }
    }

    /// Forgets what came after a mark, for the change failed.
    pub fn back_to(&mut self, mark: Mark) {
        for new in self.new.drain(mark.new..) {
            if let Some(places) = self.by_name.get_mut(&new.artifact.name) {
                places.retain(|place| *place < mark.new);
            }
        }
        for number in self.dropped.drain(mark.dropped..) {
            self.is_dropped.remove(&number);
        }
    }

    /// Writes what was added, as part of a commit.
    ///
    /// # Errors
    /// [`StoreError`] where that can't be written.
    pub fn write(&self, connection: &Connection, commit: Moment) -> Result<()> {
        let new = self.new.iter();
        let rows: Vec<_> = new
            .map(|new| (new.number, &new.artifact, new.again))
            .collect();
        blocks::add(connection, &rows, (commit.seq, ms(commit.at)))
    }

    /// Forgets everything: it was committed and the index told, or all of it failed.
    pub fn clear(&mut self) {
        *self = Self {
            next: self.next,
            ..Self::default()
        };
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &New> {
        let places = self.by_name.get(name).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|place| self.new.get(*place))
    }
}

/// Whether two are one but for their details.
fn is_alike(one: &Artifact, other: &Artifact) -> bool {
    one.artifact_type == other.artifact_type
        && one.name == other.name
        && one.version == other.version
        && one.purl == other.purl
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
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
        assert_eq!(added.add(&index, &one).unwrap(), 1);
        let mark = added.mark();
        assert_eq!(added.add(&index, &two).unwrap(), 2);
        added.drop(9);
        added.back_to(mark);
        assert_eq!(added.number_of(&index, &one), Some(1));
        assert_eq!(added.number_of(&index, &two), None);
        assert!(added.is_dropped.is_empty());
        assert_eq!(added.add(&index, &two).unwrap(), 3);
        assert_eq!(added.get(3), Some(&two));
        let at = proto_types::Timestamp::UNIX_EPOCH;
        added.write(&connection, Moment { seq: 1, at }).unwrap();
        added.clear();
        assert_eq!(added.number_of(&index, &one), None);
        assert_eq!(
            blocks::some(&connection, &[1, 2, 3]).unwrap(),
            [(1, one), (3, two)]
        );
        assert_eq!(Added::beside(&connection).unwrap().next, 4);
    }
}
