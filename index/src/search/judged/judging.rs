//! Counting by verdict, in pieces: whoever shares the index can let others at it between two of them.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use model::{
    tally::Counts,
    verdict::{Distro, Subject, judge},
};
use proto_types::Verdict;

use super::{
    advisories::Advisories,
    distros::Distros,
    meant::meant,
    outcome::{Judged, Mute},
    said::depends_on_distro,
    statements::Stated,
    unspoken::{Looking, Of, Owned, Unspoken},
};
use crate::{
    artifacts::{ArtifactAt, Kept},
    bits::Bits,
    fleet::Built,
    search::{counter::Counter, finding::Pause, look::Search},
};

/// What was found of one verdict.
#[derive(Default)]
struct Part {
    rows: u64,
    artifacts: Bits,
    images: Bits,
}

/// Of an artifact, the distributions of the images that hold it and count, each with how many
/// containers run those.
type Held = Arc<[(u32, u64)]>;

/// How far it has come. All of it is as of the question's commit, and of one set of advisories.
#[derive(Default)]
pub struct Judging {
    built: Option<Built>,
    pub(super) distros: Distros,
    /// Advisories that were judged by.
    place: usize,
    /// What the next one may mean and was not judged yet.
    left: Option<Vec<u32>>,
    held: HashMap<u32, Held>,
    /// The artifacts, distributions and verdicts whose images were noted.
    noted: HashSet<(u32, u32, usize)>,
    found: [Part; 4],
    excused: Part,
    /// What the advisories of distributions alone speak of.
    owned: Owned,
    looking: Option<Looking>,
    /// What no advisory speaks of, once that was looked for.
    unspoken: Option<Vec<Unspoken>>,
    counter: Option<Counter>,
    counts: Vec<Counts>,
}

impl Search<'_> {
    /// Judges all that fits by all advisories and counts it, until it is to pause.
    pub fn judge(
        &self,
        judging: &mut Judging,
        advisories: &Advisories,
        pause: Pause<'_>,
    ) -> Option<Judged> {
        if judging.built.replace(self.index.built) != Some(self.index.built) {
            *judging = Judging {
                built: Some(self.index.built),
                ..Judging::default()
            };
        }
        while let Some(advisory) = advisories.get(judging.place) {
            let statements = advisories.stated_of(judging.place);
            let stated = Stated {
                advisory,
                statements: &statements,
            };
            judging.judge_by(self, stated, pause)?;
            judging.place += 1;
            if pause() {
                return None;
            }
        }
        if judging.unspoken.is_none() {
            let Judging { distros, owned, .. } = judging;
            let looking = judging.looking.take();
            let mut looking = looking.unwrap_or_else(|| self.looking(distros, advisories, owned));
            judging.unspoken = self.look_on(&mut looking, (distros, advisories, owned), pause);
            judging.looking = Some(looking);
            judging.unspoken.as_ref()?;
        }
        judging.count(self, pause)?;
        Some(judging.judged(advisories))
    }
}

impl Judging {
    /// Judges by one advisory, which may mean many artifacts by many entries.
    fn judge_by(
        &mut self,
        search: &Search<'_>,
        stated: Stated<'_>,
        pause: Pause<'_>,
    ) -> Option<()> {
        let left = self.left.take();
        let mut left = left.unwrap_or_else(|| meant(&search.index.artifacts, stated.advisory));
        while let Some(artifact) = left.pop() {
            if search.fitting().contains(artifact) {
                self.judge_one(search, stated, artifact);
            }
            if !left.is_empty() && pause() {
                self.left = Some(left);
                return None;
            }
        }
        Some(())
    }

    fn judge_one(&mut self, search: &Search<'_>, stated: Stated<'_>, artifact: u32) {
        let advisory = stated.advisory;
        let held = self.held(search, artifact);
        if held.is_empty() {
            return;
        }
        let at = search.index.artifacts.at(artifact);
        let depends = depends_on_distro(&at);
        if at.owned_by_os() && !depends {
            let judgement = judge(advisory, &Subject::new(&at, false, Distro::default()));
            let verdict = judgement.map(|judgement| judgement.verdict);
            if let Some(Verdict::Affected | Verdict::Unknown) = verdict {
                for (distro, _) in held.iter() {
                    let owned = self.owned.entry(*distro).or_default();
                    owned.push((self.place as u32, artifact));
                }
            }
            return;
        }
        if !stated.is_nothing() {
            return self.judge_in_images(search, stated, &at);
        }
        let mut same = None;
        for (distro, containers) in held.iter() {
            let verdict = match same.filter(|_| !depends) {
                Some(verdict) => verdict,
                None => {
                    let of = self.distros.get(*distro);
                    let judgement = judge(advisory, &Subject::new(&at, at.owned_by_os(), of));
                    judgement.map(|judgement| judgement.verdict)
                }
            };
            same = Some(verdict);
            if let Some(verdict) = verdict {
                self.note(search, (artifact, *distro, verdict), *containers);
            }
        }
    }

    /// Judges an artifact in each of its images, of which vendors may state something else.
    fn judge_in_images(&mut self, search: &Search<'_>, stated: Stated<'_>, at: &ArtifactAt<'_>) {
        let artifact = at.number();
        for image in search.holding(artifact) {
            let containers = u64::from(search.scope.containers(image));
            let Some(distro) = self.distros.of(search, image).filter(|_| containers > 0) else {
                continue;
            };
            let subject = Subject::new(at, at.owned_by_os(), self.distros.get(distro));
            let Some(judgement) = judge(stated.advisory, &subject) else {
                continue;
            };
            let (judgement, statement) = stated.on(judgement, search, (at, image));
            let part = self.found.get_mut(place(judgement.verdict));
            let excused = statement.map(|_| &mut self.excused);
            for part in part.into_iter().chain(excused) {
                part.rows += containers;
                part.artifacts.insert(artifact);
                part.images.insert(image);
            }
        }
    }

    fn note(
        &mut self,
        search: &Search<'_>,
        (artifact, distro, verdict): (u32, u32, Verdict),
        containers: u64,
    ) {
        let number = place(verdict);
        let is_new = self.noted.insert((artifact, distro, number));
        let Some(part) = self.found.get_mut(number) else {
            return;
        };
        part.rows += containers;
        if !is_new {
            return;
        }
        part.artifacts.insert(artifact);
        for image in search.holding(artifact) {
            if search.scope.containers(image) > 0 && self.distros.of(search, image) == Some(distro)
            {
                part.images.insert(image);
            }
        }
    }

    fn held(&mut self, search: &Search<'_>, artifact: u32) -> Held {
        if let Some(held) = self.held.get(&artifact) {
            return Arc::clone(held);
        }
        let mut by_distro: Vec<(u32, u64)> = Vec::new();
        for image in search.holding(artifact) {
            let containers = u64::from(search.scope.containers(image));
            let Some(distro) = self.distros.of(search, image).filter(|_| containers > 0) else {
                continue;
            };
            match by_distro.iter_mut().find(|(one, _)| *one == distro) {
                Some((_, count)) => *count += containers,
                None => by_distro.push((distro, containers)),
            }
        }
        let held: Held = by_distro.into();
        self.held.insert(artifact, Arc::clone(&held));
        held
    }

    /// Counts what was found, verdict by verdict, and then what no advisory speaks of.
    fn count(&mut self, search: &Search<'_>, pause: Pause<'_>) -> Option<()> {
        let unspoken = self.unspoken.as_deref().unwrap_or_default();
        let found = self.found.iter().map(|part| &part.images);
        let found = found.chain([&self.excused.images]).map(Of::Images);
        let unspoken = unspoken.iter().map(|one| one.images.as_ref());
        let all: Vec<Of<&Bits>> = found.chain(unspoken).collect();
        let counter = self.counter.take();
        let mut counter = counter.unwrap_or_else(|| Counter::new(&search.scope));
        let mut done = Some(());
        while let (Some(one), Some(())) = (all.get(self.counts.len()), done) {
            match one {
                Of::Known(extent) => self.counts.push(Counts {
                    artifacts: 0,
                    images: extent.images,
                    containers: extent.containers,
                    hosts: extent.hosts,
                }),
                Of::Images(images) => {
                    // Those that were counted in before a pause count once.
                    counter.add(&search.scope, images.iter());
                    done = counter.find_hosts(&search.scope, pause);
                    if done.is_some() {
                        self.counts.push(counter.take_found());
                    }
                }
            }
        }
        self.counter = Some(counter);
        done
    }

    fn judged(&self, advisories: &Advisories) -> Judged {
        let mut judged = Judged::default();
        let (verdicts, others) = self
            .counts
            .split_at(self.counts.len().min(self.found.len()));
        let (excused, others) = others.split_at(others.len().min(1));
        judged.excused = Counts {
            artifacts: self.excused.artifacts.len() as u64,
            ..excused.first().copied().unwrap_or_default()
        };
        let found = self.found.iter().zip(verdicts);
        let to = judged.rows.iter_mut().zip(&mut judged.counts);
        for ((part, counted), (rows, counts)) in found.zip(to) {
            *rows = part.rows;
            *counts = Counts {
                artifacts: part.artifacts.len() as u64,
                ..*counted
            };
        }
        let unspoken = self.unspoken.as_deref().unwrap_or_default();
        judged.unspoken = unspoken
            .iter()
            .zip(others)
            .map(|(one, counts)| {
                let distro = self.distros.get(one.distro);
                Mute {
                    vulnerabilities: one.vulnerabilities,
                    first: advisories.vulnerabilities.id(one.first).to_owned(),
                    distro: distro.id.to_owned(),
                    version: distro.version.to_owned(),
                    counts: Counts {
                        artifacts: 0,
                        ..*counts
                    },
                }
            })
            .collect();
        judged
    }
}

/// Where a verdict stands in [`Verdict::ALL`].
fn place(verdict: Verdict) -> usize {
    let place = Verdict::ALL.iter().position(|one| *one == verdict);
    place.unwrap_or_default()
}
