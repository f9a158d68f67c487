//! The store in SQLite: all SQL stands below this folder, and nowhere else.
//!
//! One [`writer`] thread groups changes into commits; a few [`readers`] answer questions beside
//! it. Each of the other files holds the SQL of one noun.

mod aliases;
mod artifacts;
mod changes;
mod conflicts;
mod connection;
mod containers;
mod coverage;
mod diff;
mod enrolment;
mod facts;
mod failures;
mod find;
mod holdings;
mod hosts;
mod image_row;
mod images;
mod leases;
mod listing;
mod migrations;
mod presence;
mod readers;
mod report_images;
mod reports;
mod retention;
mod runs;
mod sboms;
mod scan;
mod sql;
mod status;
mod tokens;
mod writer;

use std::path::Path;

use async_trait::async_trait;
use model::{
    lease::{Failure, LeaseClaim},
    side::Side,
};
use proto_types as wire;
use proto_types::{ImageDigest, Timestamp};

use super::{
    Holdings, HostIdentity, Principal, Result, Rules, Store,
    query::{FindQuery, Page},
    sbom::Sbom,
    secret::SecretHash,
};
use readers::Readers;
use writer::Writer;

/// Connections that answer questions beside the writer.
const READERS: usize = 4;

/// A store in one SQLite file.
pub struct SqliteStore {
    readers: Readers,
    // Declared last, so that it is the last to close the file and can tidy up the WAL.
    writer: Writer,
    rules: Rules,
}

impl SqliteStore {
    /// Opens the store at `path`, making or migrating the file where that is needed.
    ///
    /// # Errors
    /// [`super::StoreError`]: the file can't be opened, is no database, is of a newer version, or
    /// this build's SQLite is one that loses data.
    pub fn open(path: &Path, rules: Rules) -> Result<Self> {
        connection::check_sqlite()?;
        let mut first = connection::open_writer(path)?;
        migrations::apply(&mut first)?;
        Ok(Self {
            writer: Writer::start(first)?,
            readers: Readers::open(path, READERS)?,
            rules,
        })
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn authenticate(&self, token: SecretHash, now: Timestamp) -> Result<Option<Principal>> {
        self.readers
            .read(move |c| tokens::principal(c, token, now))
            .await
    }

    async fn ready(&self) -> Result<()> {
        self.readers.read(status::ready).await
    }

    async fn enroll(
        &self,
        code: SecretHash,
        token: SecretHash,
        now: Timestamp,
    ) -> Result<HostIdentity> {
        self.writer
            .write(move |c| enrolment::enroll(c, code, token, now))
            .await
    }

    async fn full_report(
        &self,
        host: HostIdentity,
        report: wire::FullReport,
        now: Timestamp,
    ) -> Result<wire::ReportResponse> {
        let rules = self.rules;
        self.writer
            .write(move |c| reports::full_report(c, &rules, &host, &report, now))
            .await
    }

    async fn container_report(
        &self,
        host: HostIdentity,
        report: wire::ContainerReport,
        now: Timestamp,
    ) -> Result<wire::ReportResponse> {
        let rules = self.rules;
        self.writer
            .write(move |c| reports::container_report(c, &rules, &host, &report, now))
            .await
    }

    async fn scan_report(
        &self,
        host: HostIdentity,
        claim: LeaseClaim,
        sbom: Sbom,
        now: Timestamp,
    ) -> Result<wire::ScanOutcome> {
        let rules = self.rules;
        self.writer
            .write(move |c| sboms::scan_report(c, &rules, &host, &claim, &sbom, now))
            .await
    }

    async fn scan_failure(
        &self,
        host: HostIdentity,
        image: ImageDigest,
        claim: LeaseClaim,
        failure: Failure,
        now: Timestamp,
    ) -> Result<bool> {
        let rules = self.rules;
        self.writer
            .write(move |c| leases::scan_failure(c, &rules, &host, (image, &claim), failure, now))
            .await
    }

    async fn find(&self, query: FindQuery, now: Timestamp) -> Result<wire::FindResponse> {
        let rules = self.rules;
        self.readers
            .read(move |c| find::find(c, &rules, &query, now))
            .await
    }

    async fn find_rows(&self, query: FindQuery, now: Timestamp) -> Result<Page<wire::FindResult>> {
        self.readers.read(move |c| find::rows(c, &query, now)).await
    }

    async fn containers(
        &self,
        request: wire::ListContainers,
        now: Timestamp,
    ) -> Result<wire::ContainersResponse> {
        let rules = self.rules;
        self.readers
            .read(move |c| containers::list(c, &rules, &request, now))
            .await
    }

    async fn images(
        &self,
        request: wire::ListImages,
        now: Timestamp,
    ) -> Result<wire::ImagesResponse> {
        let rules = self.rules;
        self.readers
            .read(move |c| images::list(c, &rules, &request, now))
            .await
    }

    async fn image(&self, digest: ImageDigest, now: Timestamp) -> Result<wire::ImageDetail> {
        let rules = self.rules;
        self.readers
            .read(move |c| images::detail(c, &rules, digest, now))
            .await
    }

    async fn hosts(&self, now: Timestamp) -> Result<wire::HostsResponse> {
        let rules = self.rules;
        self.readers
            .read(move |c| hosts::list(c, &rules, now))
            .await
    }

    async fn host(&self, name: String, now: Timestamp) -> Result<wire::Host> {
        let rules = self.rules;
        self.readers
            .read(move |c| hosts::one(c, &rules, &name, now))
            .await
    }

    async fn diff(&self, from: Side, to: Side, now: Timestamp) -> Result<wire::DiffResponse> {
        let rules = self.rules;
        self.readers
            .read(move |c| diff::diff(c, &rules, &from, &to, now))
            .await
    }

    async fn changes(
        &self,
        request: wire::ListChanges,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<wire::ChangesResponse> {
        let rules = self.rules;
        self.readers
            .read(move |c| changes::list(c, &rules, &request, until, now))
            .await
    }

    async fn holdings(&self, side: Side, now: Timestamp) -> Result<Holdings> {
        let rules = self.rules;
        self.readers
            .read(move |c| holdings::of(c, &rules, &side, now))
            .await
    }

    async fn drop_older(&self, oldest_kept: Timestamp) -> Result<usize> {
        self.writer
            .write(move |c| retention::step(c, oldest_kept))
            .await
    }

    async fn status(&self, now: Timestamp) -> Result<wire::StatusResponse> {
        let rules = self.rules;
        self.readers
            .read(move |c| status::status(c, &rules, now))
            .await
    }

    async fn add_host(&self, name: String, code: SecretHash, now: Timestamp) -> Result<Timestamp> {
        let rules = self.rules;
        self.writer
            .write(move |c| enrolment::add(c, &rules, &name, code, now))
            .await
    }

    async fn reset_host(
        &self,
        name: String,
        code: SecretHash,
        now: Timestamp,
    ) -> Result<Timestamp> {
        let rules = self.rules;
        self.writer
            .write(move |c| enrolment::reset(c, &rules, &name, code, now))
            .await
    }

    async fn remove_host(&self, name: String, now: Timestamp) -> Result<()> {
        let rules = self.rules;
        self.writer
            .write(move |c| enrolment::remove(c, &rules, &name, now))
            .await
    }

    async fn retry_image(&self, digest: ImageDigest) -> Result<()> {
        self.writer.write(move |c| leases::forgive(c, digest)).await
    }

    async fn create_token(
        &self,
        request: wire::CreateToken,
        token: SecretHash,
        now: Timestamp,
    ) -> Result<Option<Timestamp>> {
        self.writer
            .write(move |c| tokens::create(c, &request, token, now))
            .await
    }

    async fn tokens(&self, now: Timestamp) -> Result<Vec<wire::TokenSummary>> {
        self.readers.read(move |c| tokens::list(c, now)).await
    }

    async fn revoke_token(&self, name: String) -> Result<()> {
        self.writer.write(move |c| tokens::revoke(c, &name)).await
    }
}
