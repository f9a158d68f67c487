//! Makes commits of wishes, as the store would number things and tell of them.

use std::collections::{BTreeMap, BTreeSet};

use index::{Added, Change, Commit, ImageRow, Index, Loader, Run, Sbom, Seq};
use proto_types::ScanStatus;

use crate::{
    commits::Step,
    plain::Plain,
    standing,
    things::{CONTAINERS, DISTROS, HOSTS, IMAGE_NAMES, alias, artifacts, at, digest},
};

/// A fleet with its history.
#[derive(Debug, Default)]
pub struct World {
    pub now: Plain,
    pub commits: Vec<Commit>,
    /// The first commit that a question may still stand for.
    pub kept_since: Seq,
    /// The first commit that a question to a rebuilt index may stand for: the store keeps one SBOM
    /// an image, one name a host, not since when it knows aliases, and of runs that were dropped
    /// only what they add up to with the later ones.
    pub rebuilt_since: Seq,
    /// The last commit that withdrew an SBOM or made it worse: lists say of no commit before that what
    /// state its image was in.
    pub withdrawn_at: Seq,
    second: i64,
    next_run: u64,
    next_artifact: u32,
    /// The numbers of the artifacts that are stored.
    stored: BTreeMap<usize, u32>,
    /// When runs began and ended, and SBOMs were stored, by the commits' numbers.
    told: Told,
    pub forgets: bool,
}

#[derive(Debug, Default)]
struct Told {
    dropped: BTreeSet<u32>,
    runs: BTreeMap<u64, (Seq, Option<Seq>)>,
    sboms: BTreeMap<u32, Seq>,
    /// Since when images have had SBOMs that lack nothing.
    complete: BTreeMap<u32, Seq>,
    /// The commits that images were reported with first.
    images: BTreeMap<u32, Seq>,
}

impl World {
    pub fn last(&self) -> Seq {
        self.commits.last().map_or(0, |commit| commit.seq)
    }

    /// Commits what is wished; numbers leave gaps here and there.
    pub fn commit(&mut self, steps: &[Step]) -> Commit {
        let seq = self.last() + 1 + u64::from(steps.len() == 2);
        self.forgets = false;
        let mut commit = Commit {
            seq,
            at: at(self.second),
            changes: Vec::new(),
        };
        for step in steps {
            for change in self.step(step, seq) {
                if let Change::RunDropped { run, .. } = &change {
                    self.told.dropped.insert(self.now.runs[run].0.image);
                }
                if self.replaces(&change) {
                    self.rebuilt_since = seq;
                }
                let one = Commit {
                    changes: vec![change.clone()],
                    ..commit.clone()
                };
                self.now.apply(&one);
                self.note(&change, seq);
                commit.changes.push(change);
            }
        }
        self.commits.push(commit.clone());
        commit
    }

    fn replaces(&self, change: &Change) -> bool {
        match change {
            Change::Host { host, .. } => self.now.hosts.contains_key(host),
            Change::Sbom { image, .. } | Change::Withdrawn { image } => {
                self.now.images[image].sbom.is_some()
            }
            Change::Aliases { .. } => true,
            Change::RunBegan(run) => self.told.dropped.contains(&run.image),
            Change::RunEnded { run, .. } => self.told.dropped.contains(&self.now.runs[run].0.image),
            _ => false,
        }
    }

    fn note(&mut self, change: &Change, seq: Seq) {
        match change {
            Change::RunBegan(run) => {
                self.told.runs.insert(run.run, (seq, None));
            }
            Change::RunEnded { run, .. } => self.told.runs.get_mut(run).unwrap().1 = Some(seq),
            Change::Image { image, .. } => {
                self.told.images.insert(*image, seq);
            }
            Change::Sbom { image, sbom } => {
                self.told.sboms.insert(*image, seq);
                match sbom.status {
                    None => {
                        self.withdrawn_at = seq;
                        self.told.complete.remove(image);
                    }
                    Some(ScanStatus::Partial) => {
                        if self.told.complete.remove(image).is_some() {
                            self.withdrawn_at = seq;
                        }
                    }
                    Some(ScanStatus::Complete) => {
                        self.told.complete.entry(*image).or_insert(seq);
                    }
                }
            }
            Change::Withdrawn { image } => {
                self.told.sboms.insert(*image, seq);
                self.told.complete.remove(image);
                self.withdrawn_at = seq;
                // What it told of other digests is let go of at once.
                self.kept_since = seq;
            }
            Change::RunDropped { .. } | Change::ImageDropped { .. } => self.kept_since = seq,
            Change::ArtifactDropped { .. } => self.kept_since = seq,
            _ => {}
        }
    }

    fn step(&mut self, step: &Step, seq: Seq) -> Vec<Change> {
        match step {
            Step::AddHost(name) => {
                let host = self.now.hosts.len() as u32 + 1;
                let name = HOSTS[*name].to_owned();
                let now = at(self.second);
                vec![Change::Host { host, name }, standing::added(host, now)]
            }
            Step::Enroll(host) => {
                let enrolled = standing::enrolled(&self.now, *host as u32 + 1, at(self.second));
                enrolled.into_iter().collect()
            }
            Step::Report {
                host,
                complete,
                cloned,
                unseen,
            } => {
                let (host, told) = (*host as u32 + 1, (*complete, *cloned));
                standing::reported(&self.now, host, told, *unseen, at(self.second))
            }
            Step::RemoveHost(host) => {
                standing::removed(&self.now, *host as u32 + 1, at(self.second))
            }
            Step::Rename(host, name) => self.rename(*host, *name),
            Step::Begin {
                host,
                container,
                image,
                name,
            } => self.begin((*host, *container), *image, *name),
            Step::End(which) => self.end_one(*which).into_iter().collect(),
            Step::Scan {
                image,
                artifacts,
                distro,
                complete,
            } => {
                let status = match complete {
                    true => ScanStatus::Complete,
                    false => ScanStatus::Partial,
                };
                self.scan(*image, artifacts, (*distro, Some(status)))
            }
            Step::Lose(image) => self.scan(*image, &[], (2, None)),
            Step::Withdraw(image) => self.withdraw(*image).into_iter().collect(),
            Step::Alias(image, number) => self.alias(*image, *number),
            Step::Drop(count) => self.drop_old(*count),
            Step::Forget => {
                self.forgets = true;
                self.kept_since = seq;
                Vec::new()
            }
            Step::Settle => Vec::new(),
            Step::Pass(seconds) => {
                self.second += seconds;
                Vec::new()
            }
        }
    }

    fn rename(&self, host: usize, name: usize) -> Vec<Change> {
        let host = host as u32 + 1;
        match self.now.hosts.contains_key(&host) {
            true => vec![Change::Host {
                host,
                name: HOSTS[name].to_owned(),
            }],
            false => Vec::new(),
        }
    }

    fn begin(&mut self, (host, container): (usize, usize), image: u32, name: usize) -> Vec<Change> {
        let host = host as u32 + 1;
        if !self.now.hosts.contains_key(&host) {
            return Vec::new();
        }
        let container = CONTAINERS[container].to_owned();
        let live =
            self.now.runs.values().find(|(run, until)| {
                until.is_none() && run.host == host && run.container == container
            });
        let mut changes: Vec<Change> = live.map(|(run, _)| self.end(run)).into_iter().collect();
        let image_name = IMAGE_NAMES[name].to_owned();
        if !self.now.images.contains_key(&image) {
            changes.push(Change::Image {
                image,
                digest: digest(image),
                name: image_name.clone(),
                first_seen: at(self.second),
            });
        }
        self.next_run += 1;
        let (run, since) = (self.next_run, at(self.second));
        changes.push(Change::RunBegan(Run {
            run,
            host,
            image,
            container,
            image_name,
            since,
        }));
        changes
    }

    fn end_one(&self, which: usize) -> Option<Change> {
        let mut live = self.now.runs.values().filter(|(_, until)| until.is_none());
        let (run, _) = live.nth(which)?;
        Some(self.end(run))
    }

    fn end(&self, run: &Run) -> Change {
        let until = model::runs::end(run.since, at(self.second));
        Change::RunEnded {
            run: run.run,
            host: run.host,
            until,
        }
    }

    fn scan(
        &mut self,
        image: u32,
        chosen: &[usize],
        (distro, status): (usize, Option<ScanStatus>),
    ) -> Vec<Change> {
        if !self.now.images.contains_key(&image) {
            return Vec::new();
        }
        let all = artifacts();
        let (mut changes, mut numbers) = (Vec::new(), Vec::new());
        for one in chosen {
            let number = *self.stored.entry(*one).or_insert_with(|| {
                self.next_artifact += 1;
                let (number, artifact) = (self.next_artifact, all[*one].clone());
                changes.push(Change::Artifacts(Added::one(number, &artifact)));
                number
            });
            numbers.push(number);
        }
        numbers.sort_unstable();
        numbers.dedup();
        let (distro, distro_version) = DISTROS[distro];
        let sbom = Sbom {
            status,
            detail: numbers.len() as u32 % 3,
            distro: distro.to_owned(),
            distro_version: distro_version.to_owned(),
            artifacts: numbers,
        };
        changes.push(Change::Sbom { image, sbom });
        changes
    }

    fn withdraw(&self, image: u32) -> Option<Change> {
        let known = self.now.images.get(&image)?.sbom.as_ref();
        known.and_then(|sbom| sbom.status)?;
        Some(Change::Withdrawn { image })
    }

    fn alias(&self, image: u32, number: u32) -> Vec<Change> {
        let aliases = vec![alias(number)];
        let known = self.now.images.get(&image);
        let new = known.is_some_and(|image| !image.aliases.contains(&aliases[0]));
        new.then_some(Change::Aliases { image, aliases })
            .into_iter()
            .collect()
    }

    fn drop_old(&mut self, count: usize) -> Vec<Change> {
        let runs = &self.now.runs;
        let mut old: Vec<_> = runs.values().filter(|(_, until)| until.is_some()).collect();
        old.sort_by_key(|(run, until)| (*until, run.run));
        old.truncate(count);
        let mut changes: Vec<Change> = old
            .iter()
            .map(|(run, _)| Change::RunDropped {
                run: run.run,
                host: run.host,
            })
            .collect();
        let dropped: Vec<u64> = old.iter().map(|(run, _)| run.run).collect();
        let is_used = |image: &u32| {
            let mut runs = runs.values();
            runs.any(|(run, _)| run.image == *image && !dropped.contains(&run.run))
        };
        let gone: Vec<u32> = self
            .now
            .images
            .keys()
            .filter(|image| !is_used(image))
            .copied()
            .collect();
        let kept = self
            .now
            .images
            .iter()
            .filter(|(image, _)| !gone.contains(image));
        let held: Vec<u32> = kept
            .filter_map(|(_, image)| image.sbom.as_ref())
            .flat_map(|sbom| sbom.artifacts.clone())
            .collect();
        changes.extend(
            gone.iter()
                .map(|image| Change::ImageDropped { image: *image }),
        );
        // As the store does, where it dropped something.
        if let Some((_, Some(until))) = old.last() {
            changes.push(Change::KeptSince(*until));
        }
        self.stored.retain(|_, number| {
            let is_held = held.contains(number);
            if !is_held {
                changes.push(Change::ArtifactDropped { number: *number });
            }
            is_held
        });
        changes
    }

    /// The time of its clock.
    pub const fn second(&self) -> i64 {
        self.second
    }

    fn load_standing(&self, loader: &mut Loader) {
        for (host, stands) in &self.now.stands {
            loader.stands(*host, stands);
        }
        for (host, lapse) in &self.now.lapses {
            loader.lapsed(*host, *lapse);
        }
        for (host, kind, count, span) in &self.now.unseen {
            loader.was_unseen(*host, *kind, *count, *span);
        }
        if let Some(moment) = self.now.kept_since {
            loader.kept_since(moment);
        }
    }

    /// The index that is read from what a store would hold now.
    pub fn rebuilt(&self) -> Index {
        let mut loader = Loader::default();
        for (host, name) in &self.now.hosts {
            loader.host(*host, name).unwrap();
        }
        self.load_standing(&mut loader);
        for (number, image) in &self.now.images {
            let row = ImageRow {
                image: *number,
                digest: image.digest,
                aliases: image.aliases.clone(),
                name: image.name.clone(),
                first_seen: image.first_seen,
                since: self.told.images[number],
                last_seen: image.last_seen,
            };
            loader.image(&row).unwrap();
        }
        for (number, artifact) in &self.now.artifacts {
            loader.artifact(*number, artifact).unwrap();
        }
        for (number, image) in &self.now.images {
            if let Some(sbom) = &image.sbom {
                loader.sbom(*number, sbom, self.told.sboms[number]).unwrap();
                if image.is_withdrawn {
                    loader.withdrawn(*number);
                }
                if let Some(since) = self.told.complete.get(number) {
                    loader.was_complete(*number, *since).unwrap();
                }
            }
        }
        // In no order.
        for (run, until) in self.now.runs.values().rev() {
            let (began, ended) = self.told.runs[&run.run];
            let end = until.zip(ended);
            loader.run(run, began, end).unwrap();
        }
        loader.finish(self.last(), at(self.second)).unwrap()
    }
}
