//! The steps of a decision, told to whoever asks why.

use proto_types::Verdict;

use super::{
    because::Because,
    bound::Version,
    judgement::Judgement,
    release::Fit,
    spoken::By,
    subject::{Distro, Subject},
};
use crate::{
    advisory::{Affected, Event, Module, Range},
    fields::ArtifactFields,
    vex::Statement,
};

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
    pub(super) fn release<A: ArtifactFields>(
        &mut self,
        entry: &Affected,
        (by, fit): (By, Fit),
        subject: &Subject<'_, A>,
    ) {
        let distro = subject.distro;
        let (ecosystem, name) = (entry.ecosystem.as_str(), &entry.name);
        let version = Version::of(subject, by).text;
        let by = match by {
            By::Own => "by its name",
            By::Source => "as its source package",
            By::OwnOfSomeGroup => "by its name without the group",
            By::WithoutMajor => "by its path without the major version",
        };
        let at = match version {
            "" => ", whose version isn't known".to_owned(),
            version => format!(", at {version}"),
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
        self.add(|| format!("{ecosystem} {name} means it {by}{at}{fits}"));
    }

    /// What an entry holds the version against.
    pub(super) fn bounds(&mut self, entry: &Affected) {
        match &entry.module {
            Module::Of(names) if names.is_empty() => {
                self.add(|| "it is about a module, and doesn't say which one".to_owned());
            }
            Module::Of(names) => {
                self.add(|| format!("it is about the module {}", names.join(", ")));
            }
            Module::Unsaid | Module::Outside => {}
        }
        for range in &entry.ranges {
            self.add(|| format!("its range: {}", events(range)));
        }
        match entry.versions.as_slice() {
            [] => {}
            [one] => self.add(|| format!("it lists {one} as affected")),
            [first, .., last] => {
                let count = entry.versions.len();
                self.add(|| format!("it lists {count} versions as affected, {first} to {last}"));
            }
        }
    }

    /// Which of several entries counts.
    pub(super) fn chosen(&mut self, because: &Because<'_>, entries: usize) {
        if entries > 1 {
            self.add(|| format!("of {entries} that speak of it, this counts: {because}"));
        }
    }

    /// What an entry says.
    pub(super) fn entry(&mut self, because: &Because<'_>, verdict: Verdict) {
        self.add(|| format!("{verdict}: {because}"));
    }

    /// What a vendor states of it where it is.
    pub(super) fn statement(&mut self, statement: &Statement) {
        let Statement {
            author,
            justification,
            source,
            ..
        } = statement;
        let status = statement.status.as_str().replace('_', " ");
        let from = match source.as_str() {
            "" => "VEX that was given with the question".to_owned(),
            source => format!("VEX, imported as {source}"),
        };
        let of = statement
            .time
            .map_or_else(String::new, |time| format!(", of {}", time.strftime("%F")));
        let why = match justification.as_str() {
            "" => String::new(),
            why => format!(": {why}"),
        };
        self.add(|| {
            format!("{author} states that it is {status} in these images{why} ({from}{of})")
        });
    }

    /// What comes of all of them.
    pub(super) fn verdict(&mut self, judgement: &Judgement<'_>) {
        let fixed = judgement
            .fixed
            .filter(|_| judgement.verdict == Verdict::Affected);
        let fixed = fixed.map(|fixed| format!(", and {fixed} fixes it"));
        let verdict = judgement.verdict.as_str().replace('_', " ");
        self.add(|| format!("so it is {verdict}{}", fixed.unwrap_or_default()));
    }
}

/// `affected from 2.0, fixed in 2.3.1`.
fn events(range: &Range) -> String {
    let words = range.events.iter().map(|event| match event {
        Event::Introduced(from) if from == "0" => "affected from the first version".to_owned(),
        Event::Introduced(from) => format!("affected from {from}"),
        Event::Fixed(fix) => format!("fixed in {fix}"),
        Event::LastAffected(last) => format!("affected up to {last}"),
        Event::Limit(limit) => format!("nothing is said from {limit} on"),
    });
    words.collect::<Vec<_>>().join(", ")
}

fn said(distro: Distro<'_>) -> String {
    match (distro.id, distro.version) {
        ("", _) => "an image whose distribution isn't known".to_owned(),
        (id, "") => format!("{id} in a release that isn't known"),
        (id, version) => format!("{id} {version}"),
    }
}
