//! What advisories say of each artifact that fits, step by step.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use model::{
    advisory::{Advisory, keys, keys_of},
    fields::ArtifactFields,
    verdict::{Subject, explain, explain_stated, judge, worst},
    vex::Statement,
};
use proto_types::{ExplainedAdvisory, ExplainedArtifact};

use super::{advisories::Advisories, distros::named, statements::Stated};
use crate::{
    artifacts::{ArtifactAt, Kept},
    fleet::Built,
    search::{counter::Counter, finding::Pause, look::Search},
};

/// By the places of advisories, the statements that excuse what they say.
type Excuses<'s> = Vec<(usize, &'s Statement)>;

/// Images of which the same is said of an artifact.
struct Alike<'s> {
    /// Their distribution and its version.
    distro: Arc<(String, String)>,
    excuses: Excuses<'s>,
    images: Vec<u32>,
}

/// What is explained, and how far it has come. All of it is as of the question's commit, and of one set of
/// advisories.
pub struct Explaining {
    built: Option<Built>,
    limit: usize,
    /// By a name that they are found by, the places of advisories.
    by_key: HashMap<String, Vec<usize>>,
    /// The artifacts that fit, in order.
    todo: Option<Vec<u32>>,
    /// How many of those were looked at.
    place: usize,
    /// What was explained.
    pub found: Vec<ExplainedArtifact>,
    /// How much there is, what has no room too.
    pub total: u64,
}

impl Explaining {
    /// Gets ready to explain at most so much by these advisories.
    #[must_use]
    pub fn new(advisories: &Advisories, limit: usize) -> Self {
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        let all = (0..advisories.len()).filter_map(|place| Some((place, advisories.get(place)?)));
        for (place, advisory) in all {
            for key in keys(advisory) {
                by_key.entry(key.name).or_default().push(place);
            }
        }
        Self {
            built: None,
            limit,
            by_key,
            todo: None,
            place: 0,
            found: Vec::new(),
            total: 0,
        }
    }

    /// Those that may name an artifact, in order.
    fn naming(&self, artifact: &ArtifactAt<'_>) -> BTreeSet<usize> {
        let of_key = |name: &String| self.by_key.get(name).cloned().unwrap_or_default();
        let keys = keys_of(artifact);
        keys.iter().flat_map(|key| of_key(&key.name)).collect()
    }
}

impl Search<'_> {
    /// Explains what fits, in order, until it is to pause.
    pub fn explain(
        &self,
        explaining: &mut Explaining,
        advisories: &Advisories,
        pause: Pause<'_>,
    ) -> Option<()> {
        if explaining.built.replace(self.index.built) != Some(self.index.built) {
            (explaining.todo, explaining.place) = (None, 0);
            (explaining.found, explaining.total) = (Vec::new(), 0);
        }
        let in_order = || {
            let names = self.names_from(None);
            names.flat_map(|name| self.artifacts_of(name)).collect()
        };
        let todo = explaining.todo.take().unwrap_or_else(in_order);
        let mut done = Some(());
        while let (Some(artifact), Some(())) = (todo.get(explaining.place), done) {
            self.explain_one(explaining, advisories, *artifact);
            explaining.place += 1;
            done = (!pause()).then_some(());
        }
        explaining.todo = Some(todo);
        done
    }

    fn explain_one(&self, explaining: &mut Explaining, advisories: &Advisories, artifact: u32) {
        let at = self.index.artifacts.at(artifact);
        let naming = explaining.naming(&at);
        for alike in self.alike(&at, (&naming, advisories)) {
            explaining.total += 1;
            if explaining.found.len() < explaining.limit {
                let naming = naming
                    .iter()
                    .filter_map(|place| Some((*place, advisories.get(*place)?)));
                let explained = self.explained(&at, &alike, naming);
                explaining.found.push(explained);
            }
        }
    }

    /// The images that hold an artifact and count, by their distributions and by what vendors state.
    fn alike<'s>(
        &self,
        at: &ArtifactAt<'_>,
        (naming, advisories): (&BTreeSet<usize>, &'s Advisories),
    ) -> Vec<Alike<'s>> {
        let stated = naming.iter().filter_map(|place| {
            let statements = advisories.stated_of(*place);
            (!statements.is_empty()).then_some((*place, advisories.get(*place)?, statements))
        });
        let stated: Vec<_> = stated.collect();
        let mut all: Vec<Alike<'_>> = Vec::new();
        for image in self.holding(at.number()) {
            let set = self.scope.set(image);
            let Some(set) = set.filter(|_| self.scope.containers(image) > 0) else {
                continue;
            };
            let excuses = stated.iter().filter_map(|(place, advisory, statements)| {
                let subject = Subject::new(at, at.owned_by_os(), named(&set.distro));
                let judgement = judge(advisory, &subject)?;
                let stated = Stated {
                    advisory,
                    statements,
                };
                let (_, statement) = stated.on(judgement, self, (at, image));
                let statement = statement?;
                // The same one, as long as the advisories live.
                let mut all = statements.iter().copied();
                Some((*place, all.find(|one| std::ptr::eq(*one, statement))?))
            });
            let excuses: Excuses<'_> = excuses.collect();
            let known = all
                .iter_mut()
                .find(|one| one.distro == set.distro && one.excuses == excuses);
            match known {
                Some(known) => known.images.push(image),
                None => all.push(Alike {
                    distro: Arc::clone(&set.distro),
                    excuses,
                    images: vec![image],
                }),
            }
        }
        all
    }

    fn explained<'a>(
        &self,
        at: &ArtifactAt<'_>,
        alike: &Alike<'_>,
        naming: impl Iterator<Item = (usize, &'a Advisory)>,
    ) -> ExplainedArtifact {
        let distro = &alike.distro;
        let said = naming.filter_map(|(place, advisory)| {
            let mut excuses = alike.excuses.iter();
            let excuse = excuses.find(|(one, _)| *one == place);
            said(
                advisory,
                at,
                (distro, excuse.map(|(_, statement)| *statement)),
            )
        });
        let advisories: Vec<_> = said.collect();
        let mut counter = Counter::new(&self.scope);
        counter.add(&self.scope, alike.images.iter().copied());
        let counts = counter.take(&self.scope);
        let text = |text: Option<&str>| text.map(str::to_owned);
        ExplainedArtifact {
            artifact_type: at.artifact_type().to_owned(),
            name: at.name().to_owned(),
            version: at.version().to_owned(),
            purl: text(at.purl()),
            source: text(at.source()),
            source_version: text(at.source_version()),
            module: text(at.module()),
            owned_by_os: at.owned_by_os(),
            distro: distro.0.clone(),
            distro_version: distro.1.clone(),
            images: counts.images,
            containers: counts.containers,
            hosts: counts.hosts,
            verdict: advisories
                .iter()
                .filter_map(|one| one.verdict)
                .reduce(worst),
            reason: None,
            advisories,
        }
    }
}

/// What an advisory says of an artifact, where a statement may excuse it; nothing where it doesn't name it.
fn said(
    advisory: &Advisory,
    at: &ArtifactAt<'_>,
    (distro, excuse): (&(String, String), Option<&Statement>),
) -> Option<ExplainedAdvisory> {
    let subject = Subject::new(at, at.owned_by_os(), named(distro));
    let (mut judgement, mut steps) = explain(advisory, &subject);
    if let (Some(before), Some(statement)) = (judgement, excuse) {
        let (stated, more) = explain_stated(before, statement);
        judgement = Some(stated);
        steps.extend(more);
    }
    (!steps.is_empty()).then(|| ExplainedAdvisory {
        advisory: advisory.id.clone(),
        cves: advisory.cves().into_iter().map(str::to_owned).collect(),
        verdict: judgement.map(|one| one.verdict),
        fixed: judgement.and_then(|one| one.fixed).map(str::to_owned),
        reason: judgement.map(|one| one.because.to_string()),
        steps: steps.into_iter().map(|step| step.0).collect(),
    })
}
