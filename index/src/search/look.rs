//! A question that was looked at: everything else in this folder reads its answer from that.

use std::cell::OnceCell;

use super::{
    fitting::Fitting,
    in_order::{self, Names},
    scope::Scope,
};
use crate::{bits::Bits, fleet::Index, question::Question};

/// A question that was looked at.
pub struct Search<'i> {
    pub(super) index: &'i Index,
    pub(super) question: &'i Question,
    pub(super) scope: Scope<'i>,
    pub(super) fitting: Fitting,
    names: OnceCell<Names>,
    counting: OnceCell<Bits>,
}

impl<'i> Search<'i> {
    /// Looks at a question.
    #[must_use]
    pub fn new(index: &'i Index, question: &'i Question) -> Self {
        let scope = Scope::new(index, question);
        let fitting = Fitting::of(index, question, &scope);
        Self {
            index,
            question,
            scope,
            fitting,
            names: OnceCell::new(),
            counting: OnceCell::new(),
        }
    }

    /// The artifacts that fit and that an image holds that counts.
    pub(super) fn counting(&self) -> &Bits {
        self.counting.get_or_init(|| {
            let mut counting = Bits::default();
            self.each_fitting(|artifact| {
                if self.counts(artifact) {
                    counting.insert(artifact);
                }
            });
            counting
        })
    }

    /// The names of what fits, in order, from a text on.
    pub(super) fn names_from(&self, first: Option<&str>) -> Box<dyn Iterator<Item = u32> + '_> {
        let of = || Names::of(&self.index.artifacts, &self.fitting);
        let names = self.names.get_or_init(of);
        names.from(&self.index.artifacts, first)
    }

    /// The artifacts of a name that fit, by type, version (newest first) and number.
    pub(super) fn artifacts_of(&self, name: u32) -> Vec<u32> {
        in_order::artifacts(&self.index.artifacts, &self.fitting, name)
    }
}
