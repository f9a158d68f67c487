//! What vendors state (VEX) of what the advisories of a question are about, and what that makes of a verdict.

use std::collections::HashMap;

use model::{
    advisory::Advisory,
    verdict::{self, Judgement, is_excused},
    vex::{self, Place, Statement},
};

use crate::{artifacts::ArtifactAt, search::look::Search};

/// Statements, and by the places of the advisories those that may be about each.
#[derive(Debug, Default)]
pub(super) struct Statements {
    all: Vec<Statement>,
    of_advisories: HashMap<u32, Vec<u32>>,
}

impl Statements {
    pub(super) fn of(all: Vec<Statement>, advisories: &[Advisory]) -> Self {
        // In capitals, for a statement may write them in any letters.
        let mut by_id: HashMap<String, Vec<u32>> = HashMap::new();
        for (number, statement) in (0..).zip(&all) {
            for id in &statement.vulnerability {
                let id = id.to_ascii_uppercase();
                by_id.entry(id).or_default().push(number);
            }
        }
        let mut of_advisories = HashMap::new();
        for (place, advisory) in (0..).zip(advisories).filter(|_| !by_id.is_empty()) {
            let ids = vex::ids(advisory).into_iter();
            let about = ids.filter_map(|id| by_id.get(&id.to_ascii_uppercase()));
            let mut about: Vec<u32> = about.flatten().copied().collect();
            about.sort_unstable();
            about.dedup();
            if !about.is_empty() {
                of_advisories.insert(place, about);
            }
        }
        Self { all, of_advisories }
    }

    pub(super) fn of_advisory(&self, place: usize) -> Vec<&Statement> {
        let about = self.of_advisories.get(&(place as u32));
        let about = about.into_iter().flatten();
        about
            .filter_map(|number| self.all.get(*number as usize))
            .collect()
    }
}

/// What vendors state of what one advisory is about.
#[derive(Clone, Copy)]
pub(in crate::search) struct Stated<'s> {
    pub(in crate::search) advisory: &'s Advisory,
    pub(in crate::search) statements: &'s [&'s Statement],
}

impl<'s> Stated<'s> {
    /// Whether nobody states anything, as of most advisories.
    pub(in crate::search) const fn is_nothing(&self) -> bool {
        self.statements.is_empty()
    }

    /// What a verdict on an artifact in an image becomes, and whether a statement made it so.
    pub(super) fn on<'a>(
        &'a self,
        judgement: Judgement<'a>,
        search: &Search<'_>,
        (artifact, image): (&ArtifactAt<'_>, u32),
    ) -> (Judgement<'a>, Option<&'s Statement>) {
        let digests = search.digests(image);
        let place = Place {
            artifact,
            digests: &digests,
        };
        let statement = vex::stated(self.statements, self.advisory, &place);
        match statement.filter(|one| is_excused(judgement.verdict, one)) {
            Some(statement) => (verdict::stated(judgement, statement), Some(statement)),
            None => (judgement, None),
        }
    }
}

impl Search<'_> {
    /// What an image is called by, as statements name it.
    pub(in crate::search) fn digests(&self, image: u32) -> Vec<String> {
        let image = self.index.images.get(image);
        let pin = self.question.pin;
        let digests = image.into_iter().flat_map(|image| image.names_at(pin));
        digests.map(|digest| digest.to_string()).collect()
    }
}
