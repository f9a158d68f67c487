//! What one advisory says of one artifact, in images of one distribution after the other.

use std::sync::Arc;

use model::{
    advisory::Advisory,
    fields::ArtifactFields,
    source,
    verdict::{Judgement, Subject, judge},
};

use super::distros::named;
use crate::artifacts::{ArtifactAt, Kept};

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
                let said = judged(advisory, artifact, distro).map(|judgement| Said {
                    verdict: judgement.verdict,
                    fixed: judgement.fixed.map(str::to_owned),
                    reason: judgement.because.to_string(),
                });
                self.0.push((Arc::clone(distro), said));
                self.0.len() - 1
            }
        };
        self.0.get(place)?.1.as_ref()
    }
}
