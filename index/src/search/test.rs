//! A question's conditions on an artifact, ready to be tried on many.

use model::condition::{AnyOf, Condition};
use proto_types::Field;

use crate::{artifacts::Artifacts, question::Question};

/// The conditions.
pub struct Test<'q> {
    /// Whether each type fits, by number: there are few, and each is looked at once.
    kinds: Vec<bool>,
    others: Vec<&'q Condition>,
    any: &'q AnyOf,
}

impl<'q> Test<'q> {
    /// Those of a question.
    pub fn new(artifacts: &Artifacts, question: &'q Question) -> Self {
        let all = question.artifact.iter();
        let (of_kind, others): (Vec<_>, Vec<_>) = all.partition(|one| one.field() == Field::Type);
        let fits = |kind: &str| of_kind.iter().all(|one| one.fits(kind));
        Self {
            kinds: artifacts.kinds().map(fits).collect(),
            others,
            any: &question.any,
        }
    }

    /// Whether an artifact fits.
    pub fn fits(&self, artifacts: &Artifacts, number: u32) -> bool {
        let kind = artifacts.kind_number(number) as usize;
        if !self.kinds.get(kind).is_some_and(|fits| *fits) {
            return false;
        }
        let artifact = artifacts.at(number);
        let mut others = self.others.iter();
        others.all(|one| one.fits_artifact(&artifact)) && self.any.fits_artifact(&artifact)
    }
}
