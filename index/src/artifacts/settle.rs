//! Letting go of texts that no artifact has any more.

use super::{
    Artifacts,
    facts::Facts,
    origins::{Origin, Origins},
    rows::{Fact, Rows},
};
use crate::moved::Moved;

/// So many artifacts are dropped at least before it is looked for texts that are left.
const DROPPED: usize = 4096;

impl Artifacts {
    /// Lets go of texts that no artifact has any more, where they may be many. It takes a look at
    /// every artifact, so it is done once for so many that were dropped. Whether it was done: then
    /// texts have other numbers.
    pub fn settle(&mut self) -> bool {
        let is_due = self.dropped > DROPPED.max(self.facts.end() / 8);
        if is_due {
            self.drop_texts();
        }
        is_due
    }

    /// Lets go of texts that no artifact has any more, and lays out the rest.
    pub fn drop_texts(&mut self) {
        let (facts, names) = std::mem::take(&mut self.facts).in_use();
        self.facts = facts;
        self.orders.rename(&names);
        self.packages.forget_names();
        self.lay_out();
        self.dropped = 0;
    }
}

impl Facts {
    /// What artifacts have of it; by the old number of a name, the new one.
    fn in_use(self) -> (Self, Vec<u32>) {
        let mut texts = Moved::of(self.texts);
        let mut versions = Moved::of(self.versions);
        let mut modules = Moved::of(self.modules);
        let mut licenses = Moved::of(self.licenses);
        let (mut styles, mut origins) = (self.styles.moved(), Origins::default());
        let mut known: Vec<Option<u32>> = vec![None; self.origins.len()];
        let mut rows = Rows::default();
        for artifact in self.rows.all() {
            let fact = self.rows.get(artifact);
            let mut moved = || {
                let origin = self.origins.get(fact.origin);
                origins.intern(Origin {
                    source: texts.number(origin.source),
                    version: versions.number(origin.version),
                    module: modules.number(origin.module),
                    licenses: licenses.number(origin.licenses),
                    owned_by_os: origin.owned_by_os,
                })
            };
            let origin = match known.get_mut(fact.origin as usize) {
                Some(known) => *known.get_or_insert_with(moved),
                None => moved(),
            };
            let fact = Fact {
                name: texts.number(fact.name),
                version: versions.number(fact.version),
                style: styles.number(fact.style),
                origin,
            };
            rows.put(artifact, fact);
        }
        let (texts, names) = texts.done();
        let facts = Self {
            rows,
            texts,
            versions: versions.done().0,
            modules: modules.done().0,
            licenses: licenses.done().0,
            styles: styles.done(),
            origins,
        };
        (facts, names)
    }
}
