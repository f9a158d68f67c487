//! What one advisory says of one artifact, in images of one distribution after the other.

use std::sync::Arc;

use model::{
    advisory::Advisory,
    fields::ArtifactFields,
    source,
    verdict::{Judgement, Subject, judge},
    vex::Statement,
};

use super::{distros::named, statements::Stated};
use crate::{
    artifacts::{ArtifactAt, Kept},
    search::look::Search,
};

/// Judges an artifact in an image of a distribution.
pub fn judged<'a>(
    advisory: &'a Advisory,
    artifact: &'a ArtifactAt<'_>,
    distro: &'a (String, String),
) -> Option<Judgement<'a>> {
    judge(
        advisory,
        &Subject::new(artifact, artifact.owned_by_os(), named(distro)),
    )
}

/// Whether what is said of an artifact may depend on the distribution of its image: of a language's
/// package it doesn't.
pub fn depends_on_distro(artifact: &ArtifactAt<'_>) -> bool {
    source::is_of_distribution(artifact.artifact_type())
}

/// A verdict with its words.
pub struct Said {
    /// What the advisory means.
    pub verdict: proto_types::Verdict,
    /// The version that fixes it.
    pub fixed: Option<String>,
    /// Why.
    pub reason: String,
    /// Who states that, where a statement made it so.
    pub stated_by: Option<String>,
}

impl Said {
    /// A verdict in words, and the statement that made it what it is.
    fn of((judgement, statement): (Judgement<'_>, Option<&Statement>)) -> Self {
        Self {
            verdict: judgement.verdict,
            fixed: judgement.fixed.map(str::to_owned),
            reason: judgement.because.to_string(),
            stated_by: statement.map(|one| one.author.clone()),
        }
    }
}

/// What is said of an artifact in one image, where vendors state something of what the advisory is about.
pub(in crate::search) fn said_in(
    stated: Stated<'_>,
    search: &Search<'_>,
    (artifact, image): (&ArtifactAt<'_>, u32),
    distro: &(String, String),
) -> Option<Said> {
    let judgement = judged(stated.advisory, artifact, distro)?;
    Some(Said::of(stated.on(judgement, search, (artifact, image))))
}

/// A distribution and its version, and what is said of an artifact in images of it.
type Of = (Arc<(String, String)>, Option<Said>);

/// What was said so far, by distribution.
#[derive(Default)]
pub struct ByDistro(Vec<Of>);

impl ByDistro {
    /// What an advisory says of an artifact in an image of a distribution.
    pub fn said(
        &mut self,
        advisory: &Advisory,
        artifact: &ArtifactAt<'_>,
        distro: &Arc<(String, String)>,
    ) -> Option<&Said> {
        let depends = depends_on_distro(artifact);
        let known = self.0.iter().position(|(one, _)| !depends || one == distro);
        let place = match known {
            Some(place) => place,
            None => {
                let said = judged(advisory, artifact, distro);
                let said = said.map(|judgement| Said::of((judgement, None)));
                self.0.push((Arc::clone(distro), said));
                self.0.len() - 1
            }
        };
        self.0.get(place)?.1.as_ref()
    }
}
