//! The same fleet in plain lists, asked by looking at everything: what the index must say.

use std::collections::{BTreeMap, BTreeSet};

use index::{Change, Commit, Question, Run, Sbom, Stands, Total};
use jiff::Timestamp;
use model::{
    age,
    condition::Condition,
    presence::{Lapse, Span},
    tally::Counts,
    unseen::UnseenKind,
    vex::Statement,
};
use proto_types::{Artifact, Field, FindResult, ImageDigest};

#[derive(Debug, Clone)]
pub struct Image {
    pub digest: ImageDigest,
    pub aliases: Vec<ImageDigest>,
    pub name: String,
    pub first_seen: Timestamp,
    pub last_seen: Option<Timestamp>,
    pub sbom: Option<Sbom>,
    pub is_withdrawn: bool,
}

/// A fleet as of a commit.
#[derive(Debug, Clone, Default)]
pub struct Plain {
    pub hosts: BTreeMap<u32, String>,
    pub images: BTreeMap<u32, Image>,
    pub artifacts: BTreeMap<u32, Artifact>,
    pub runs: BTreeMap<u64, (Run, Option<Timestamp>)>,
    pub stands: BTreeMap<u32, Stands>,
    pub lapses: Vec<(u32, Lapse)>,
    pub unseen: Vec<(u32, UnseenKind, u64, Span)>,
    pub kept_since: Option<Timestamp>,
    /// What vendors state.
    pub statements: Vec<Statement>,
}

/// A row of an answer, with what it is made of.
#[derive(Debug, Clone)]
pub struct Found {
    pub artifact: u32,
    pub image: u32,
    pub host: u32,
    pub run: u64,
    pub result: FindResult,
}

impl Plain {
    pub fn of(commits: &[Commit]) -> Self {
        let mut plain = Self::default();
        for commit in commits {
            plain.apply(commit);
        }
        plain
    }

    /// The same where vendors state something.
    pub fn stating(self, statements: &[Statement]) -> Self {
        Self {
            statements: statements.to_vec(),
            ..self
        }
    }

    pub fn apply(&mut self, commit: &Commit) {
        for change in commit.changes.clone() {
            self.change(change);
        }
    }

    fn change(&mut self, change: Change) {
        match change {
            Change::Stands { host, stands } => {
                self.stands.insert(host, stands);
            }
            Change::Lapsed { host, lapse } => self.lapses.push((host, lapse)),
            Change::WasUnseen {
                host,
                kind,
                count,
                span,
            } => self.unseen.push((host, kind, count, span)),
            Change::SetBack { host, now } => {
                let lapses = self
                    .lapses
                    .iter_mut()
                    .map(|(of, lapse)| (*of, &mut lapse.span));
                let unseen = self.unseen.iter_mut().map(|(of, _, _, span)| (*of, span));
                for (_, span) in lapses.chain(unseen).filter(|(of, _)| *of == host) {
                    span.until = span.until.min(now);
                }
                self.lapses.retain(|(_, lapse)| !lapse.span.is_empty());
                self.unseen.retain(|(.., span)| !span.is_empty());
            }
            Change::KeptSince(moment) => self.kept_since = self.kept_since.max(Some(moment)),
            Change::Host { host, name } => {
                self.hosts.insert(host, name);
            }
            Change::Image {
                image,
                digest,
                name,
                first_seen,
            } => {
                let image_row = Image {
                    digest,
                    aliases: Vec::new(),
                    name,
                    first_seen,
                    last_seen: None,
                    sbom: None,
                    is_withdrawn: false,
                };
                self.images.insert(image, image_row);
            }
            Change::Aliases { image, aliases } => {
                self.image(image).aliases.extend(aliases);
            }
            Change::Artifacts(added) => {
                let artifacts = added.iter();
                let artifacts = artifacts.map(|(number, artifact)| (number, artifact.whole()));
                self.artifacts.extend(artifacts);
            }
            Change::Sbom { image, sbom } => {
                let image = self.image(image);
                image.is_withdrawn &= sbom.status.is_none();
                image.sbom = Some(sbom);
            }
            Change::Withdrawn { image } => {
                let image = self.image(image);
                image.is_withdrawn = true;
                image.sbom = Some(Sbom::default());
                image.aliases.clear();
            }
            Change::RunBegan(run) => {
                let image = self.image(run.image);
                image.name.clone_from(&run.image_name);
                image.first_seen = image.first_seen.min(run.since);
                self.runs.insert(run.run, (run, None));
            }
            Change::RunEnded { run, until, .. } => {
                let (ended, slot) = self.runs.get_mut(&run).unwrap();
                *slot = Some(until);
                let image = ended.image;
                let image = self.image(image);
                image.last_seen = image.last_seen.max(Some(until));
            }
            Change::RunDropped { run, .. } => {
                self.runs.remove(&run);
            }
            Change::ImageDropped { image } => {
                self.images.remove(&image);
            }
            Change::ArtifactDropped { number } => {
                self.artifacts.remove(&number);
            }
        }
    }

    fn image(&mut self, image: u32) -> &mut Image {
        self.images.get_mut(&image).unwrap()
    }

    /// The numbers of what an image holds that fits.
    pub fn fitting(&self, image: u32, question: &Question) -> Vec<u32> {
        let row = &self.images[&image];
        let Some(sbom) = row
            .sbom
            .as_ref()
            .filter(|sbom| image_fits(row, sbom, question))
        else {
            return Vec::new();
        };
        let fits = |number: &&u32| {
            let artifact = &self.artifacts[*number];
            let mut all = question.artifact.iter();
            all.all(|one| one.fits_artifact(artifact)) && question.any.fits_artifact(artifact)
        };
        sbom.artifacts.iter().filter(fits).copied().collect()
    }

    pub fn counts(&self, run: &Run, until: Option<Timestamp>, question: &Question) -> bool {
        let in_time = match question.time {
            None => until.is_none(),
            Some(time) => run.since < time.until && until.is_none_or(|until| until > time.from),
        };
        in_time
            && question.run.iter().all(|one| match one.field() {
                Field::Container => one.fits(&run.container),
                Field::ImageName => one.fits(&run.image_name),
                _ => one.fits(&self.hosts[&run.host]),
            })
    }

    /// Every row, in order.
    pub fn rows(&self, question: &Question) -> Vec<Found> {
        let mut rows = Vec::new();
        for (run, until) in self.runs.values() {
            if self.counts(run, *until, question) {
                for number in self.fitting(run.image, question) {
                    rows.push(self.row(number, run, *until));
                }
            }
        }
        let places = self.places();
        rows.sort_by_key(|row| {
            let result = &row.result;
            let of_run = (
                result.host.clone(),
                result.container.clone(),
                result.running_since,
            );
            (places[&row.artifact], row.image, of_run, row.run)
        });
        rows
    }

    fn row(&self, number: u32, run: &Run, until: Option<Timestamp>) -> Found {
        let artifact = self.artifacts[&number].clone();
        Found {
            artifact: number,
            image: run.image,
            host: run.host,
            run: run.run,
            result: FindResult {
                artifact_type: artifact.artifact_type,
                name: artifact.name,
                version: artifact.version,
                purl: artifact.purl,
                source: artifact.source,
                source_version: artifact.source_version,
                module: artifact.module,
                container: run.container.clone(),
                image_name: run.image_name.clone(),
                image_digest: self.images[&run.image].digest,
                host: self.hosts[&run.host].clone(),
                running_since: run.since,
                until,
            },
        }
    }

    /// Where each artifact stands by name, type, version (newest first) and number.
    pub fn places(&self) -> BTreeMap<u32, usize> {
        let mut numbers: Vec<u32> = self.artifacts.keys().copied().collect();
        versions::sort_by(&mut numbers, |a, b| {
            let (one, other) = (&self.artifacts[a], &self.artifacts[b]);
            one.name
                .cmp(&other.name)
                .then_with(|| age::newest_first(one, other))
                .then(a.cmp(b))
        });
        (0..)
            .zip(numbers)
            .map(|(place, number)| (number, place))
            .collect()
    }

    pub fn total(&self, question: &Question) -> Total {
        let rows = self.rows(question);
        let mut total = Total {
            rows: rows.len() as u64,
            counts: counted(rows.iter()),
            ..Total::default()
        };
        let holding = self
            .images
            .iter()
            .filter(|(image, _)| !self.fitting(**image, question).is_empty());
        for (number, image) in holding.filter(|_| question.run.is_empty()) {
            let first = image.first_seen;
            total.first_seen = Some(total.first_seen.map_or(first, |known| known.min(first)));
            total.last_seen = total.last_seen.max(image.last_seen);
            let mut runs = self.runs.values();
            total.runs |= runs.any(|(run, until)| run.image == *number && until.is_none());
        }
        total
    }
}

/// How much there is in rows, each thing counted once.
pub fn counted<'f>(rows: impl Iterator<Item = &'f Found> + Clone) -> Counts {
    fn distinct<T: Ord>(things: impl Iterator<Item = T>) -> u64 {
        things.collect::<BTreeSet<T>>().len() as u64
    }
    Counts {
        artifacts: distinct(rows.clone().map(|row| row.artifact)),
        images: distinct(rows.clone().map(|row| row.image)),
        containers: distinct(rows.clone().map(|row| row.run)),
        hosts: distinct(rows.map(|row| row.host)),
    }
}

fn image_fits(image: &Image, sbom: &Sbom, question: &Question) -> bool {
    let fits = |one: &Condition| match one.field() {
        Field::Distro => one.fits(&sbom.distro),
        Field::DistroVersion => one.fits(&sbom.distro_version),
        _ => {
            let names = image.aliases.iter().chain([&image.digest]);
            let names: Vec<String> = names.map(ToString::to_string).collect();
            one.fits_texts(names.iter().map(String::as_str))
        }
    };
    question.image.iter().all(fits)
}
