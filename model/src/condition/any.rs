//! A list of conditions of which one must hold: the names and package URLs of an advisory. An
//! artifact is held against thousands of them by one look-up.

use std::collections::{HashMap, HashSet};

use proto_types::{Field, Match, Op};

use super::{one::Condition, pattern::Room, unusable::Unusable};
use crate::{fields::ArtifactFields, purl::Purl};

/// Conditions on an artifact of which one must hold, where there are any.
#[derive(Debug, Clone, Default)]
pub struct AnyOf {
    conditions: Vec<Condition>,
    names: HashSet<String>,
    /// The conditions that ask for a package, by the package's key.
    purls: HashMap<String, Vec<usize>>,
    others: Vec<usize>,
}

impl AnyOf {
    /// Checks a list and makes it ready.
    ///
    /// # Errors
    /// [`Unusable`] naming the value that can't be used, or the field that isn't an artifact's.
    pub fn new(any: Vec<Match>, room: &Room) -> Result<Self, Unusable> {
        let mut list = Self::default();
        for one in any {
            if !one.field.is_of_artifact() {
                return Err(Unusable::new(format!(
                    "`any` can't look at `{}`: it takes fields of the artifact only",
                    one.field
                )));
            }
            list.add(Condition::new(one, room)?);
        }
        Ok(list)
    }

    fn add(&mut self, one: Condition) {
        let number = self.conditions.len();
        match (one.field, one.op, one.purl()) {
            (Field::Name, Op::Eq, _) => {
                self.names.insert(one.value.clone());
            }
            (_, Op::Eq, Some(purl)) => self.purls.entry(purl.key()).or_default().push(number),
            _ => self.others.push(number),
        }
        self.conditions.push(one);
    }

    /// The conditions, in the order of the list.
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// Whether the list is empty: nothing is asked for by it then.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.conditions.is_empty()
    }

    /// Whether an artifact fits one of them, or there are none.
    #[must_use]
    pub fn fits_artifact(&self, artifact: &impl ArtifactFields) -> bool {
        self.is_empty()
            || self.names.contains(artifact.name())
            || self.at(&self.others).any(|one| one.fits_artifact(artifact))
            || self.lists_package(artifact)
    }

    fn lists_package(&self, artifact: &impl ArtifactFields) -> bool {
        if self.purls.is_empty() {
            return false;
        }
        let package = Purl::of(artifact);
        let listed = self
            .purls
            .get(&package.key())
            .map_or(&[][..], Vec::as_slice);
        self.at(listed)
            .filter_map(Condition::purl)
            .any(|purl| purl.covers(&package))
    }

    fn at(&self, numbers: &[usize]) -> impl Iterator<Item = &Condition> {
        numbers
            .iter()
            .filter_map(|number| self.conditions.get(*number))
    }
}
