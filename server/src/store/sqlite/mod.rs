//! The store in SQLite: all SQL stands below this folder, and nowhere else.
//!
//! One [`writer`] thread groups changes into commits; a few [`readers`] answer questions beside
//! it. Each of the other files holds the SQL of one noun.

mod added;
mod aliases;
mod artifacts;
mod blocks;
mod changes;
mod commits;
mod conflicts;
mod connection;
mod containers;
mod context;
mod coverage;
mod diff;
mod enrolment;
mod facts;
mod failures;
mod find;
mod fleet;
mod ground;
mod holdings;
mod holds;
mod hosts;
mod image_row;
mod images;
mod latest;
mod leases;
mod listing;
mod machines;
mod migrations;
mod presence;
mod questions;
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
mod unseen;
mod view;
mod writer;

use std::{path::Path, sync::Arc};

use async_trait::async_trait;
use model::{
    lease::{Failure, LeaseClaim},
    side::Side,
};
use proto_types as wire;
use proto_types::{ImageDigest, Timestamp};

use crate::clock::Clock;

use super::{
    Holdings, HostIdentity, Principal, Result, Rules, Store,
    query::{Document, FindQuery, Lines, Rest},
    sbom::Sbom,
    secret::SecretHash,
};
use context::Context;
use find::Asked;
use fleet::{Fleet, Reading};
use questions::Questions;
use readers::Readers;
use sboms::Incoming;
use writer::Writer;

/// Connections that answer questions beside the writer.
const READERS: usize = 4;

/// A store in one SQLite file.
pub struct SqliteStore {
    readers: Readers,
    questions: Questions,
    fleet: Arc<Fleet>,
    // Declared last, so that it is the last to close the file and can tidy up the WAL.
    writer: Writer,
    rules: Rules,
}

impl SqliteStore {
    /// Opens the store at `path`, making or migrating the file where that is needed. `clock` says
    /// what time it is when a change is committed.
    ///
    /// # Errors
    /// [`super::StoreError`]: the file can't be opened, is no database, is of a newer version, or
    /// this build's SQLite is one that loses data.
    pub fn open(path: &Path, rules: Rules, clock: Clock) -> Result<Self> {
        connection::check_sqlite()?;
        let mut first = connection::open_writer(path)?;
        migrations::apply(&mut first)?;
        let fleet = Arc::new(Fleet::load(&first)?);
        Ok(Self {
            writer: Writer::start(first, clock, Arc::clone(&fleet))?,
            questions: Questions::new(Arc::clone(&fleet)),
            fleet,
            readers: Readers::open(path, READERS)?,
            rules,
        })
    }

    /// Answers a question that came in at `now`.
    async fn read<T: Send + 'static>(
        &self,
        now: Timestamp,
        question: impl FnOnce(&Context<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (rules, fleet) = (self.rules, Arc::clone(&self.fleet));
        self.readers
            .read(move |c| question(&Context::of_question(c, fleet.latest(), rules, now)?))
            .await
    }

    /// Answers a question from the index alone, in pieces.
    async fn question<T: Send + 'static>(
        &self,
        now: Timestamp,
        question: impl FnOnce(&Asked<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let rules = self.rules;
        let answer = self.questions.ask(move |fleet, gone| {
            question(&Asked {
                fleet,
                gone,
                rules,
                now,
            })
        });
        answer.await
    }

    /// Answers a question from the index and the rows beside it, as of the index's last commit. An
    /// answer that takes long lets go of the index as soon as it can.
    async fn ask<T: Send + 'static>(
        &self,
        now: Timestamp,
        question: impl FnOnce(&Context<'_>, Reading<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (rules, fleet) = (self.rules, Arc::clone(&self.fleet));
        self.readers
            .read(move |c| {
                // The database's state is taken with the first row that is read, after the index.
                let index = fleet.read()?;
                let cx = Context::of_commit(c, fleet.latest(), rules, fleet::last(&index)?, now)?;
                question(&cx, index)
            })
            .await
    }

    /// Makes a change, at the time of the commit that it becomes part of.
    async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Context<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let rules = self.rules;
        self.writer
            .write(move |ground| {
                let cx = Context::of_change(ground, rules);
                let answer = change(&cx)?;
                Ok((answer, cx.into_told()))
            })
            .await
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn authenticate(&self, token: SecretHash, now: Timestamp) -> Result<Option<Principal>> {
        self.read(now, move |cx| tokens::principal(cx, token)).await
    }

    async fn ready(&self) -> Result<()> {
        self.readers.read(status::ready).await
    }

    async fn enroll(&self, code: SecretHash, token: SecretHash) -> Result<HostIdentity> {
        self.write(move |cx| enrolment::enroll(cx, code, token))
            .await
    }

    async fn full_report(
        &self,
        host: HostIdentity,
        report: wire::FullReport,
    ) -> Result<wire::ReportResponse> {
        self.write(move |cx| reports::full_report(cx, &host, &report))
            .await
    }

    async fn container_report(
        &self,
        host: HostIdentity,
        report: wire::ContainerReport,
    ) -> Result<wire::ReportResponse> {
        self.write(move |cx| reports::container_report(cx, &host, &report))
            .await
    }

    async fn scan_report(
        &self,
        host: HostIdentity,
        claim: LeaseClaim,
        sbom: Sbom,
    ) -> Result<wire::ScanOutcome> {
        // The writer's time is everybody's: it neither looks at all of it nor gives its memory back.
        let incoming = Arc::new(Incoming::new(self.fleet.latest(), sbom));
        let given = Arc::clone(&incoming);
        self.write(move |cx| sboms::scan_report(cx, &host, &claim, &given))
            .await
    }

    async fn scan_failure(
        &self,
        host: HostIdentity,
        image: ImageDigest,
        claim: LeaseClaim,
        failure: Failure,
    ) -> Result<bool> {
        self.write(move |cx| leases::scan_failure(cx, &host, (image, &claim), failure))
            .await
    }

    async fn find(&self, query: FindQuery, now: Timestamp) -> Result<Document> {
        self.question(now, move |asked| find::find(asked, &query))
            .await
    }

    async fn find_lines(
        &self,
        query: FindQuery,
        rest: Option<Rest>,
        now: Timestamp,
    ) -> Result<Lines> {
        self.question(now, move |asked| find::lines(asked, query, rest))
            .await
    }

    async fn containers(
        &self,
        request: wire::ListContainers,
        now: Timestamp,
    ) -> Result<wire::ContainersResponse> {
        self.ask(now, move |cx, index| containers::list(cx, &index, &request))
            .await
    }

    async fn images(
        &self,
        request: wire::ListImages,
        now: Timestamp,
    ) -> Result<wire::ImagesResponse> {
        self.ask(now, move |cx, index| images::list(cx, index, &request))
            .await
    }

    async fn image(&self, digest: ImageDigest, now: Timestamp) -> Result<wire::ImageDetail> {
        self.ask(now, move |cx, index| images::detail(cx, index, digest))
            .await
    }

    async fn hosts(&self, now: Timestamp) -> Result<wire::HostsResponse> {
        self.ask(now, hosts::list).await
    }

    async fn host(&self, name: String, now: Timestamp) -> Result<wire::Host> {
        self.ask(now, move |cx, index| hosts::one(cx, &index, &name))
            .await
    }

    async fn diff(&self, from: Side, to: Side, now: Timestamp) -> Result<wire::DiffResponse> {
        self.ask(now, move |cx, index| diff::diff(cx, index, &from, &to))
            .await
    }

    async fn changes(
        &self,
        request: wire::ListChanges,
        now: Timestamp,
    ) -> Result<wire::ChangesResponse> {
        self.ask(now, move |cx, index| changes::list(cx, index, &request))
            .await
    }

    async fn holdings(&self, side: Side, now: Timestamp) -> Result<Holdings> {
        self.ask(now, move |cx, index| holdings::of(cx, index, &side))
            .await
    }

    async fn drop_older(&self, oldest_kept: Timestamp) -> Result<usize> {
        self.write(move |cx| retention::step(cx, oldest_kept)).await
    }

    async fn status(&self, now: Timestamp) -> Result<wire::StatusResponse> {
        self.ask(now, status::status).await
    }

    async fn add_host(&self, name: String, code: SecretHash) -> Result<Timestamp> {
        self.write(move |cx| enrolment::add(cx, &name, code)).await
    }

    async fn reset_host(&self, name: String, code: SecretHash) -> Result<Timestamp> {
        self.write(move |cx| enrolment::reset(cx, &name, code))
            .await
    }

    async fn remove_host(&self, name: String) -> Result<()> {
        self.write(move |cx| enrolment::remove(cx, &name)).await
    }

    async fn retry_image(&self, digest: ImageDigest) -> Result<()> {
        self.write(move |cx| leases::forgive(cx, digest)).await
    }

    async fn create_token(
        &self,
        request: wire::CreateToken,
        token: SecretHash,
    ) -> Result<Option<Timestamp>> {
        self.write(move |cx| tokens::create(cx, &request, token))
            .await
    }

    async fn tokens(&self, now: Timestamp) -> Result<Vec<wire::TokenSummary>> {
        self.read(now, tokens::list).await
    }

    async fn revoke_token(&self, name: String) -> Result<()> {
        self.write(move |cx| tokens::revoke(cx, &name)).await
    }
}
