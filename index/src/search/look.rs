//! A question that was looked at: everything else in this folder reads its answer from that.

use std::cell::OnceCell;

use super::{
    counted::{Counted, Counting},
    finding::{Finding, Pause},
    fitting::Fitting,
    in_order::Names,
    lined_up::InOrder,
    scope::{Memo, Scope},
    under_way::{Covering, Line},
};
use crate::{
    fleet::{Built, Index},
    question::Question,
};

/// A question that was looked at.
pub struct Search<'i> {
    pub(super) index: &'i Index,
    pub(super) question: &'i Question,
    pub(super) scope: Scope<'i>,
    pub(super) found: Found,
}

/// What was found out for a question. The index may take in commits until it goes on
/// ([`Search::go_on_with`]): all of it is as of the question's commit.
#[derive(Default)]
pub struct Looked(Option<(Built, Memo, Found)>);

impl Looked {
    /// The same for a question about other artifacts and the same images, runs and time.
    #[must_use]
    pub fn of_other_artifacts(self) -> Self {
        let known = self.0;
        Self(known.map(|(built, memo, _)| (built, memo, Found::default())))
    }
}

#[derive(Default)]
pub(super) struct Found {
    finding: Finding,
    fitting: OnceCell<Fitting>,
    pub(super) counting: Counting,
    pub(super) counted: OnceCell<Counted>,
    names: OnceCell<Names>,
    pub(super) groups: InOrder,
    pub(super) line: Line,
    pub(super) covering: Covering,
}

impl<'i> Search<'i> {
    /// Looks at a question.
    #[must_use]
    pub fn new(index: &'i Index, question: &'i Question) -> Self {
        Self::go_on_with(index, question, Looked::default())
    }

    /// Goes on with a question where it was left. What [`Self::find`] and [`Self::count`] have not
    /// done is done at once when it is needed; so is all, where the index was built anew since.
    #[must_use]
    pub fn go_on_with(index: &'i Index, question: &'i Question, looked: Looked) -> Self {
        let known = looked.0.filter(|(built, _, _)| *built == index.built);
        let (scope, found) = match known {
            Some((_, memo, found)) => (Scope::resume(index, question, memo), found),
            None => (Scope::new(index, question), Found::default()),
        };
        Self {
            index,
            question,
            scope,
            found,
        }
    }

    /// Leaves it, to go on with it later.
    #[must_use]
    pub fn leave(self) -> Looked {
        Looked(Some((self.index.built, self.scope.into_memo(), self.found)))
    }

    /// Finds what fits, until it is to pause; whether all is found.
    pub fn find(&mut self, pause: Pause<'_>) -> bool {
        if self.found.fitting.get().is_some() {
            return true;
        }
        let Self {
            index,
            question,
            scope,
            found,
        } = self;
        let fitting = found.finding.go_on(index, question, scope, pause);
        fitting.is_some_and(|fitting| found.fitting.set(fitting).is_ok())
    }

    /// The artifacts that fit.
    pub(super) fn fitting(&self) -> &Fitting {
        self.found.fitting.get_or_init(|| {
            let mut finding = Finding::default();
            let fitting = finding.go_on(self.index, self.question, &self.scope, &|| false);
            fitting.unwrap_or_else(Fitting::nothing)
        })
    }

    /// The names of what fits, in order, from a text on.
    pub(super) fn names_from(&self, first: Option<&str>) -> Box<dyn Iterator<Item = u32> + '_> {
        self.names().from(&self.index.artifacts, first)
    }

    /// The artifacts of a name that fit, by type, version (newest first) and number.
    pub(super) fn artifacts_of(&self, name: u32) -> Vec<u32> {
        let artifacts = &self.index.artifacts;
        self.names().artifacts(artifacts, self.fitting(), name)
    }

    fn names(&self) -> &Names {
        let of = || Names::of(&self.index.artifacts, self.fitting());
        self.found.names.get_or_init(of)
    }
}
