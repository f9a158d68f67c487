//! Building an index from what the store holds: hosts and images first, then what they hold and
//! run.

use jiff::Timestamp;
use model::{
    presence::{Lapse, Span},
    unseen::UnseenKind,
};
use proto_types::ImageDigest;

use crate::{
    artifacts::Kept,
    change::{Run, Sbom, Seq},
    fleet::Index,
    postings::Postings,
    runs::End,
    spread::Spread,
    standing::{Ended, Stands},
    unfit::Unfit,
};

/// An image as the store holds it.
#[derive(Debug, Clone)]
pub struct ImageRow {
    /// Its number.
    pub image: u32,
    /// Its digest.
    pub digest: ImageDigest,
    /// The manifest digests that name it.
    pub aliases: Vec<ImageDigest>,
    /// The name that its newest run was started by.
    pub name: String,
    /// When it was first seen.
    pub first_seen: Timestamp,
    /// The commit that it was reported with first.
    pub since: Seq,
    /// When a run of it last ended.
    pub last_seen: Option<Timestamp>,
}

/// An index that is being read. It answers for the commit that the store was read at as one that
/// was told of every commit does, and for those before it as far as the store knows them: runs and
/// SBOMs have the commits that told of them, names and aliases count as always known.
#[derive(Debug, Default)]
pub struct Loader {
    index: Index,
    images: Vec<(u32, Option<i64>)>,
    ended: Vec<Ended>,
    kept_since: Option<Timestamp>,
}

impl Loader {
    /// Takes in a host.
    ///
    /// # Errors
    /// [`Unfit`], as all of these.
    pub fn host(&mut self, host: u32, name: &str) -> Result<(), Unfit> {
        self.index.hosts.name(host, name, 0)
    }

    /// Takes in how a host stands.
    pub fn stands(&mut self, host: u32, stands: &Stands) {
        self.index.stand.put(host, stands);
    }

    /// Takes in a time over which it wasn't known what ran on a host.
    pub fn lapsed(&mut self, host: u32, lapse: Lapse) {
        self.ended.push(Ended::of_lapse(host, lapse));
    }

    /// Takes in a time in which a host told of so much that nobody looks at.
    pub fn was_unseen(&mut self, host: u32, kind: UnseenKind, count: u64, span: Span) {
        self.ended.push(Ended::of_unseen(host, kind, count, span));
    }

    /// Takes in since when the past is kept.
    pub const fn kept_since(&mut self, moment: Timestamp) {
        self.kept_since = Some(moment);
    }

    /// Takes in an image.
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn image(&mut self, row: &ImageRow) -> Result<(), Unfit> {
        let last = row.last_seen.map(Timestamp::as_millisecond);
        self.images.push((row.image, last));
        let first = row.first_seen.as_millisecond();
        self.index.images.add(row.image, row.digest, row.since)?;
        self.index.runs.add_image(row.image, &row.name, first, 0)?;
        self.index.images.alias(row.image, 0, &row.aliases)
    }

    /// Takes in an artifact.
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn artifact(&mut self, number: u32, artifact: &impl Kept) -> Result<(), Unfit> {
        self.index.artifacts.read(number, artifact).map(drop)
    }

    /// Takes in what is known of an image since a commit. It is quickest by the images' numbers.
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn sbom(&mut self, image: u32, sbom: &Sbom, since: Seq) -> Result<(), Unfit> {
        let set = self.index.set(sbom, since)?;
        self.index.images.set_detail(image, sbom.detail)?;
        self.index.images.put(image, set)
    }

    /// Takes in that what was known of an image was withdrawn, and nothing is known of it since.
    pub fn withdrawn(&mut self, image: u32) {
        self.index.images.note_withdrawn(image);
    }

    /// Takes in since when an image with an SBOM has had one that lacks nothing.
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn was_complete(&mut self, image: u32, since: Seq) -> Result<(), Unfit> {
        self.index.images.was_complete(image, since)
    }

    /// Takes in a run that a commit began, with when it ended and the commit that told so.
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn run(
        &mut self,
        run: &Run,
        began: Seq,
        end: Option<(Timestamp, Seq)>,
    ) -> Result<(), Unfit> {
        self.index.check_run(run)?;
        let end: Option<End> = end.map(|(until, ended)| (until.as_millisecond(), ended));
        self.index.runs.load(run, began, end)
    }

    /// The index, as of the commit that the store was read at.
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn finish(mut self, seq: Seq, at: Timestamp) -> Result<Index, Unfit> {
        self.index.runs.lay_out();
        for (image, last) in self.images {
            self.index.runs.loaded(image, last)?;
        }
        self.index.artifacts.lay_out();
        self.index.postings = Postings::of(|| self.index.images.held());
        self.index.hosts.lay_out();
        let Index {
            images,
            runs,
            hosts,
            ..
        } = &self.index;
        self.index.spread = Spread::of(images, runs, hosts.end() as u32);
        self.ended.sort_by_key(Ended::until);
        for ended in &self.ended {
            self.index.stand.end(ended);
        }
        if let Some(moment) = self.kept_since {
            self.index.stand.keep_since(moment);
        }
        (self.index.seq, self.index.at) = (seq, at);
        Ok(self.index)
    }
}
