//! The store: what the rest of the server may say of hosts, runs, images and leases.
//!
//! [`Store`] speaks in the words of the model and knows no SQL; [`sqlite`] is its engine. Rules
//! that hold for any engine stand beside it: [`query`]
//! (what a `find` asks), [`sbom`] (what an upload says) and [`secret`] (tokens and codes).
//! Every question that depends on the time is told it, and a change takes that of the commit that
//! it becomes part of, so that tests run on a clock of their own.

mod error;
mod holds;
mod imported;
pub mod query;
pub mod sbom;
pub mod secret;
pub mod sqlite;

use std::{fs, io::Read, time::Duration};

use async_trait::async_trait;
use model::{
    bounds,
    lease::{Failure, LeaseClaim, LeaseRules, SecondOpinions},
    side::Side,
    steady::Steady,
};
use proto_types as wire;
use proto_types::{ImageDigest, Timestamp};
use tokio::sync::OwnedSemaphorePermit;

pub use error::{Result, StoreError};
pub use holds::Holds;
pub use imported::{Beside, Ids, Imported};
use query::{Document, FindQuery, Lines, Rest, affected::AffectedQuery, exposure::ExposureQuery};
use sbom::Sbom;
use secret::SecretHash;

/// A host as its token proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostIdentity {
    /// The store's own number for it, which outlives its name.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it proved that by, which ends with a reset or a removal.
    pub proof: SecretHash,
}

/// Who holds a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// A host's agent.
    Host(HostIdentity),
    /// Someone who may read.
    Reader {
        /// The name of the token.
        token: String,
    },
    /// Someone who may read and manage hosts and tokens.
    Admin {
        /// The name of the token.
        token: String,
    },
}

/// The settings that the store's rules depend on.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// How leases are granted and failures counted.
    pub leases: LeaseRules,
    /// Which images are scanned by a second host.
    pub second_opinions: SecondOpinions,
    /// A host whose last report is older than this is silent.
    pub silent_after: jiff::SignedDuration,
    /// How long a code for enrollment works.
    pub code_ttl: jiff::SignedDuration,
    /// How long a question may take.
    pub question_time: Duration,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            leases: LeaseRules::default(),
            second_opinions: SecondOpinions::NONE,
            silent_after: jiff::SignedDuration::from_hours(1),
            code_ttl: jiff::SignedDuration::from_hours(1),
            question_time: bounds::QUESTION_TIME,
        }
    }
}

/// What an image, or a host's running images, hold.
#[derive(Debug, Clone)]
pub struct Holdings {
    /// The images, with what a list says of them.
    pub images: Vec<wire::ImageSummary>,
    /// Their artifacts, each once, by name, type and version as text.
    pub artifacts: Vec<wire::Artifact>,
    /// Of a host: how much can be known of what it ran.
    pub coverage: Option<wire::Coverage>,
}

/// A copy of everything, checked, in a file that has no name any more.
#[derive(Debug)]
pub struct Backup {
    /// The copy, at its beginning.
    pub file: fs::File,
    /// Its size.
    pub bytes: u64,
    /// The time of the last commit in it.
    pub as_of: Option<Timestamp>,
    /// No other one is taken for as long as this is held: each takes as much room as the store.
    pub turn: OwnedSemaphorePermit,
}

/// What the store has done since it was opened, and what waits.
#[derive(Debug, Clone, Copy, Default)]
pub struct Work {
    /// Changes that wait to be made.
    pub waiting: u64,
    /// Changes that were made, or refused.
    pub changes: u64,
    /// Commits that these shared.
    pub commits: u64,
    /// How long it took to make and to commit them.
    pub busy: Duration,
}

/// What one step of the daily job did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Step {
    /// How much it dropped: rows, or artifacts.
    pub dropped: usize,
    /// How many rows of artifacts it looked at.
    pub looked: usize,
    /// Of the artifacts, the number from which on the next step looks; `None` once nothing is left.
    pub next: Option<u32>,
}

/// Everything that the server keeps.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Whose token this is; `None` where it is unknown, expired or revoked.
    async fn authenticate(&self, token: SecretHash, now: Timestamp) -> Result<Option<Principal>>;
    /// Whether a question can be answered just now.
    async fn ready(&self) -> Result<()>;
    /// Whether questions are answered and changes taken, by asking those who do both; a full disk is no
    /// reason why not. Takes as long as they take.
    async fn alive(&self) -> Result<()>;
    /// What it has done, and what waits.
    fn work(&self) -> Work;
    /// Waits until nothing can be written any more, until the store is opened again: says why.
    async fn ended(&self) -> String;

    /// Trades a code for a host's identity; from now on `token` proves it.
    async fn enroll(&self, code: SecretHash, token: SecretHash) -> Result<HostIdentity>;
    /// Takes in everything that runs on a host, and grants leases.
    async fn full_report(
        &self,
        host: HostIdentity,
        report: wire::FullReport,
    ) -> Result<wire::ReportResponse>;
    /// Takes in one container that started or stopped, and grants a lease on its image.
    async fn container_report(
        &self,
        host: HostIdentity,
        report: wire::ContainerReport,
    ) -> Result<wire::ReportResponse>;
    /// Takes in the SBOM of an image that the host leases.
    async fn scan_report(
        &self,
        host: HostIdentity,
        claim: LeaseClaim,
        sbom: Sbom,
    ) -> Result<wire::ScanOutcome>;
    /// Takes in why a host has no SBOM of an image that it leases; says whether that
    /// quarantined the image.
    async fn scan_failure(
        &self,
        host: HostIdentity,
        image: ImageDigest,
        claim: LeaseClaim,
        failure: Failure,
    ) -> Result<bool>;

    /// One page of what fits.
    async fn find(&self, query: FindQuery, now: Timestamp) -> Result<Document>;
    /// One piece of what fits and nothing else: no counts and no coverage, for answers of any size.
    /// The next one goes on with the rest.
    async fn find_lines(
        &self,
        query: FindQuery,
        rest: Option<Rest>,
        now: Timestamp,
    ) -> Result<Lines>;
    /// One page of what advisories mean for what fits.
    async fn affected(&self, query: AffectedQuery, now: Timestamp) -> Result<Document>;
    /// One piece of it and nothing else, as [`Self::find_lines`].
    async fn affected_lines(
        &self,
        query: AffectedQuery,
        rest: Option<Rest>,
        now: Timestamp,
    ) -> Result<Lines>;
    /// One page of how long hosts were exposed to what advisories mean.
    async fn exposure(&self, query: ExposureQuery, now: Timestamp) -> Result<Document>;
    /// One piece of it and nothing else, as [`Self::find_lines`].
    async fn exposure_lines(
        &self,
        query: ExposureQuery,
        rest: Option<Rest>,
        now: Timestamp,
    ) -> Result<Lines>;
    /// Containers, ordered by host and name.
    async fn containers(
        &self,
        request: wire::ListContainers,
        now: Timestamp,
    ) -> Result<wire::ContainersResponse>;
    /// Images, ordered by digest.
    async fn images(
        &self,
        request: wire::ListImages,
        now: Timestamp,
    ) -> Result<wire::ImagesResponse>;
    /// One image with its artifacts.
    async fn image(&self, digest: ImageDigest, now: Timestamp) -> Result<wire::ImageDetail>;
    /// Every host, ordered by name.
    async fn hosts(&self, now: Timestamp) -> Result<wire::HostsResponse>;
    /// One host.
    async fn host(&self, name: String, now: Timestamp) -> Result<wire::Host>;
    /// What two sides hold differently, each with the words that it was asked for by.
    async fn diff(&self, from: Side, to: Side, now: Timestamp) -> Result<wire::DiffResponse>;
    /// What changed, in the order of the commits.
    async fn changes(
        &self,
        request: wire::ListChanges,
        now: Timestamp,
    ) -> Result<wire::ChangesResponse>;
    /// What one side holds, to be exported.
    async fn holdings(&self, side: Side, now: Timestamp) -> Result<Holdings>;
    /// Looks at the clock, as is done once a day: whether it has gone its way since the looks before.
    async fn look_at_clock(&self) -> Result<Steady>;
    /// Drops some of what ended before a moment; of artifacts, from a number on, which is 0 for the
    /// first step.
    async fn drop_older(&self, oldest_kept: Timestamp, from: u32) -> Result<Step>;
    /// What the store holds and what waits for a scan.
    async fn status(&self, now: Timestamp) -> Result<wire::StatusResponse>;
    /// Copies everything, as of one commit, and checks the copy. Changes are made meanwhile.
    async fn backup(&self) -> Result<Backup>;

    /// Takes in the advisories of a feed while they come, all of them or none, in the place of those that it had.
    async fn import_feed(
        &self,
        source: String,
        advisories: Box<dyn Read + Send>,
        now: Timestamp,
    ) -> Result<wire::FeedImported>;
    /// The feeds, ordered by source.
    async fn feeds(&self) -> Result<Vec<wire::Feed>>;
    /// What runs of which no feed lists everything.
    async fn gaps(&self, now: Timestamp) -> Result<wire::GapsResponse>;
    /// One page of the imported advisories that affect what runs.
    async fn affecting(
        &self,
        request: wire::ListAffecting,
        now: Timestamp,
    ) -> Result<wire::AffectingResponse>;
    /// Drops a feed and all its advisories.
    async fn drop_feed(&self, source: String) -> Result<()>;
    /// One page of the advisories of the feeds.
    async fn advisories(&self, request: wire::ListAdvisories) -> Result<wire::AdvisoriesResponse>;
    /// What the feeds have about a vulnerability.
    async fn advisory(&self, id: String) -> Result<wire::AdvisoryDetail>;
    /// What was imported of these vulnerabilities beside the advisories about them.
    async fn beside(&self, ids: Ids) -> Result<Beside>;
    /// The advisories that speak of vulnerabilities, of each one at least.
    async fn speaking_of(&self, ids: Vec<String>) -> Result<Imported>;

    /// Adds a host that `code` enrolls; says until when.
    async fn add_host(&self, name: String, code: SecretHash) -> Result<Timestamp>;
    /// Ends a host's token and lets `code` enroll it anew; says until when.
    async fn reset_host(&self, name: String, code: SecretHash) -> Result<Timestamp>;
    /// Removes a host and ends its runs; its past stays.
    async fn remove_host(&self, name: String) -> Result<()>;
    /// Lets an image whose scans failed be given again, to any host.
    async fn retry_image(&self, digest: ImageDigest) -> Result<()>;
    /// Has an image scanned again although it has a complete SBOM, which stays until then.
    async fn rescan_image(&self, digest: ImageDigest) -> Result<()>;
    /// Withdraws an image's SBOM, where it has one; says how many that were.
    async fn withdraw_image(&self, digest: ImageDigest, by: String) -> Result<u64>;
    /// Withdraws every SBOM that a host submitted, in steps; says how many those were. It is the host
    /// of that name, or the last that had it.
    async fn withdraw_host(&self, name: String, by: String) -> Result<u64>;
    /// Adds a reader's or an admin's token; says until when it works.
    async fn create_token(
        &self,
        request: wire::CreateToken,
        token: SecretHash,
    ) -> Result<Option<Timestamp>>;
    /// The tokens that work, ordered by name.
    async fn tokens(&self, now: Timestamp) -> Result<Vec<wire::TokenSummary>>;
    /// Revokes a token.
    async fn revoke_token(&self, name: String) -> Result<()>;
}
