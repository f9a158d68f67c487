//! Taking in what was committed, and letting go of what no page stands for any more.

use proto_types::ImageDigest;

use crate::{
    change::{Change, Commit, Run, Sbom, Seq},
    fleet::{Built, Index},
    images::{OfTypes, Set},
    standing::Ended,
    unfit::Unfit,
};

impl Index {
    /// Takes in a commit. Its number must be higher than the last one's; there may be gaps.
    ///
    /// # Errors
    /// [`Unfit`] where it doesn't fit what is known: the index must be built anew then.
    pub fn apply(&mut self, commit: &Commit) -> Result<(), Unfit> {
        if commit.seq <= self.seq {
            return Err(Unfit::Order {
                known: self.seq,
                told: commit.seq,
            });
        }
        (self.seq, self.at) = (commit.seq, commit.at);
        let mut dropped = Vec::new();
        for change in &commit.changes {
            match change {
                Change::RunDropped { run, host } => dropped.push((*run, *host)),
                _ => {
                    self.drop_runs(&mut dropped)?;
                    self.change(change)?;
                }
            }
        }
        self.drop_runs(&mut dropped)
    }

    /// Lets go of what was replaced before a commit: questions as of an older one are answered by
    /// the oldest that is kept. Now and then it also lets go of texts that nothing uses any more,
    /// and lays out what changed: that takes a second where there are millions of artifacts. It is
    /// to be called every minute or so.
    pub fn forget(&mut self, before: Seq) {
        for (image, gone) in self.images.forget(before) {
            for artifact in gone {
                self.postings.remove(artifact, image);
            }
        }
        for artifact in std::mem::take(&mut self.leaving) {
            self.drop_artifact(artifact);
        }
        self.hosts.forget(before);
        self.postings.settle();
        if self.artifacts.settle() | self.runs.settle() {
            self.is_built_anew();
        }
    }

    /// Lets go at once of texts that nothing uses any more, and lays out what changed: what
    /// [`Self::forget`] does once there may be much of it.
    pub fn settle(&mut self) {
        self.artifacts.drop_texts();
        self.postings.lay_out();
        self.runs.drop_texts();
        self.is_built_anew();
    }

    /// Its texts and types have other numbers from now on.
    fn is_built_anew(&mut self) {
        self.built = Built::default();
        self.of_types = OfTypes::default();
    }

    fn change(&mut self, change: &Change) -> Result<(), Unfit> {
        let seq = self.seq;
        match change {
            Change::Host { host, name } => self.hosts.name(*host, name, seq),
            Change::Stands { host, stands } => {
                self.stand.put(*host, stands);
                Ok(())
            }
            Change::Lapsed { host, lapse } => {
                self.stand.end(&Ended::of_lapse(*host, *lapse));
                Ok(())
            }
            Change::WasUnseen {
                host,
                kind,
                count,
                span,
            } => {
                self.stand
                    .end(&Ended::of_unseen(*host, *kind, *count, *span));
                Ok(())
            }
            Change::SetBack { host, now } => {
                self.stand.set_back(*host, *now);
                Ok(())
            }
            Change::KeptSince(moment) => {
                self.stand.keep_since(*moment);
                Ok(())
            }
            Change::Image {
                image,
                digest,
                name,
                first_seen,
            } => self.add_image((*image, *digest), name, first_seen.as_millisecond(), seq),
            Change::Aliases { image, aliases } => self.images.alias(*image, seq, aliases),
            Change::Artifacts(added) => added
                .iter()
                .try_for_each(|(number, artifact)| self.artifacts.add(number, &artifact)),
            Change::Sbom { image, sbom } => self.put_sbom(*image, sbom, seq),
            Change::Withdrawn { image } => {
                self.put_sbom(*image, &Sbom::default(), seq)?;
                self.images.withdraw(*image)
            }
            Change::RunBegan(run) => {
                self.check_run(run)?;
                self.runs.begin(run, seq)?;
                let known = (&self.images, &self.runs);
                self.spread.began(run.image, run.host, known);
                Ok(())
            }
            Change::RunEnded { run, host, until } => {
                let image = self.runs.end(*run, *host, until.as_millisecond(), seq)?;
                let known = (&self.images, &self.runs);
                self.spread.ended(image, *host, known);
                Ok(())
            }
            Change::RunDropped { run, host } => self.runs.drop_all(&[(*run, *host)]),
            Change::ImageDropped { image } => self.drop_image(*image),
            Change::ArtifactDropped { number } => {
                self.drop_artifact(*number);
                Ok(())
            }
        }
    }

    /// Adds an image that is known by this name since a moment.
    fn add_image(
        &mut self,
        (image, digest): (u32, ImageDigest),
        name: &str,
        first_seen: i64,
        seq: Seq,
    ) -> Result<(), Unfit> {
        self.images.add(image, digest, seq)?;
        self.runs.add_image(image, name, first_seen, seq)
    }

    /// Takes in what is known of what an image holds since a commit.
    pub(crate) fn put_sbom(&mut self, image: u32, sbom: &Sbom, since: Seq) -> Result<(), Unfit> {
        let set = self.set(sbom, since)?;
        self.images.set_detail(image, sbom.detail)?;
        for artifact in self.images.replace(image, set)? {
            self.postings.add(artifact, image);
        }
        self.note_kinds(image);
        Ok(())
    }

    /// What is known since a commit, as it is kept.
    pub(crate) fn set(&mut self, sbom: &Sbom, since: Seq) -> Result<Set, Unfit> {
        let mut held = sbom.artifacts.iter();
        if let Some(unknown) = held.find(|number| !self.artifacts.is_known(**number)) {
            return Err(Unfit::Unknown {
                what: "artifact",
                number: (*unknown).into(),
            });
        }
        let kinds = self.of_types.of(&self.artifacts, &sbom.artifacts);
        let distro = self.images.distro(&sbom.distro, &sbom.distro_version);
        let held = (sbom.artifacts.as_slice(), kinds);
        Ok(Set::new(since, sbom.status, distro, held))
    }

    /// Checks that a run is of a host that is known.
    pub(crate) fn check_run(&self, run: &Run) -> Result<(), Unfit> {
        match self.hosts.is_known(run.host) {
            true => Ok(()),
            false => Err(Unfit::Unknown {
                what: "host",
                number: run.host.into(),
            }),
        }
    }

    /// Drops runs, many at once: each costs a walk along the runs of its host and its image.
    fn drop_runs(&mut self, dropped: &mut Vec<(u64, u32)>) -> Result<(), Unfit> {
        match dropped.is_empty() {
            true => Ok(()),
            false => self.runs.drop_all(&std::mem::take(dropped)),
        }
    }

    fn drop_image(&mut self, image: u32) -> Result<(), Unfit> {
        self.runs.remove_image(image)?;
        for artifact in self.images.remove(image)? {
            self.postings.remove(artifact, image);
        }
        self.note_kinds(image);
        Ok(())
    }

    /// Counts what an image holds from now on.
    fn note_kinds(&mut self, image: u32) {
        self.spread.holds(image, (&self.images, &self.runs));
    }

    /// Drops an artifact, at once or when the last set that holds it is let go of.
    fn drop_artifact(&mut self, artifact: u32) {
        match self.postings.is_empty(artifact) {
            true => self.artifacts.remove(artifact),
            false => {
                self.leaving.insert(artifact);
            }
        }
    }
}
