//! The steps of a decision, told to whoever asks why.

use proto_types::Verdict;

use super::{
    because::Because,
    judgement::Judgement,
    release::Fit,
    spoken::By,
    subject::{Distro, Subject},
};
use crate::{advisory::Affected, fields::ArtifactFields};

/// One step, as a sentence without its full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step(
    /// The sentence.
    pub String,
);

/// The steps so far, where anybody wants them.
pub(super) struct Steps(Option<Vec<Step>>);

impl Steps {
    /// Nobody wants them.
    pub(super) const fn none() -> Self {
        Self(None)
    }

    pub(super) const fn kept() -> Self {
        Self(Some(Vec::new()))
    }

    pub(super) fn taken(self) -> Vec<Step> {
        self.0.unwrap_or_default()
    }

    fn add(&mut self, text: impl FnOnce() -> String) {
        if let Some(steps) = &mut self.0 {
            steps.push(Step(text()));
        }
    }

    /// The distribution alone speaks of an artifact.
    pub(super) fn owned<A: ArtifactFields>(&mut self, subject: &Subject<'_, A>) {
        let (name, version) = (subject.artifact.name(), subject.artifact.version());
        self.add(|| {
            format!(
                "{name} {version} belongs to a package of the distribution, so that only the \
                 distribution's own advisories speak of it"
            )
        });
    }

    /// An entry means an artifact by a name; what comes of its release.
    pub(super) fn release(&mut self, entry: &Affected, by: By, fit: Fit, distro: Distro<'_>) {
        let (ecosystem, name) = (entry.ecosystem.as_str(), &entry.name);
        let by = match by {
            By::Own => "by its name",
            By::Source => "as its source package",
            By::OwnOfSomeGroup => "by its name without the group",
        };
        let is_registry = entry
            .ecosystem
            .family()
            .is_some_and(|family| !family.is_distribution());
        let fits = match fit {
            _ if is_registry => String::new(),
            Fit::Yes => format!(", and fits {}", said(distro)),
            Fit::Extended => format!(", and fits {} with extended support", said(distro)),
            Fit::No => format!(", but is not about {}", said(distro)),
            Fit::Unknown(_) => format!(", and may or may not be about {}", said(distro)),
        };
        self.add(|| format!("{ecosystem} {name} means it {by}{fits}"));
    }

    /// What an entry says.
    pub(super) fn entry(&mut self, because: &Because<'_>, verdict: Verdict) {
        self.add(|| format!("{verdict}: {because}"));
    }

    /// What comes of all of them.
    pub(super) fn verdict(&mut self, judgement: &Judgement<'_>) {
        self.add(|| format!("so it is {}", judgement.verdict));
    }
}

fn said(distro: Distro<'_>) -> String {
    match (distro.id, distro.version) {
        ("", _) => "an image whose distribution isn't known".to_owned(),
        (id, "") => format!("{id} in a release that isn't known"),
        (id, version) => format!("{id} {version}"),
    }
}
