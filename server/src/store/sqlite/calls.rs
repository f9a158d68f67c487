//! What the server may say of the store, each call handed to who answers it: the writer for a change,
//! the index for a question, a reader for what is asked of the rows.

use std::{io::Read, sync::Arc};

use async_trait::async_trait;
use model::{
    lease::{Failure, LeaseClaim},
    side::Side,
    steady::Steady,
};
use proto_types as wire;
use proto_types::{ImageDigest, Timestamp};

use crate::{
    blocking::elsewhere,
    store::{
        Backup, Beside, Holdings, HostIdentity, Ids, Imported, Principal, Result, Step, Store,
        Work,
        query::{
            Document, FindQuery, Lines, Rest, affected::AffectedQuery, exposure::ExposureQuery,
        },
        sbom::Sbom,
        secret::SecretHash,
    },
};

use super::{
    SqliteStore, affected, changes, containers, diff, enrollment, find, holdings, hosts, images,
    leases, reports, retention,
    sboms::{self, Incoming},
    status, tokens, withdrawn,
};

#[async_trait]
impl Store for SqliteStore {
    async fn authenticate(&self, token: SecretHash, now: Timestamp) -> Result<Option<Principal>> {
        let entrance = &self.entrance;
        let look_up = self.read_by(&entrance.readers, now, move |cx| tokens::bearer(cx, token));
        entrance.bearer(token, now, look_up).await
    }

    async fn ready(&self) -> Result<()> {
        self.writer.check()?;
        self.entrance.readers.read(status::ready).await
    }

    async fn alive(&self) -> Result<()> {
        self.writer.alive().await?;
        self.ready().await
    }

    async fn ended(&self) -> String {
        self.writer.ended().await
    }

    fn work(&self) -> Work {
        self.writer.work()
    }

    async fn enroll(&self, code: SecretHash, token: SecretHash) -> Result<HostIdentity> {
        self.write_of_tokens(move |cx| enrollment::enroll(cx, code, token))
            .await
    }

    async fn full_report(
        &self,
        host: HostIdentity,
        report: wire::FullReport,
    ) -> Result<wire::ReportResponse> {
        self.write_as(host, move |cx, host| {
            reports::full_report(cx, host, &report)
        })
        .await
    }

    async fn container_report(
        &self,
        host: HostIdentity,
        report: wire::ContainerReport,
    ) -> Result<wire::ReportResponse> {
        self.write_as(host, move |cx, host| {
            reports::container_report(cx, host, &report)
        })
        .await
    }

    async fn scan_report(
        &self,
        host: HostIdentity,
        claim: LeaseClaim,
        sbom: Sbom,
    ) -> Result<wire::ScanOutcome> {
        // The writer's time is everybody's: it neither looks at all of it nor gives its memory back.
        let fleet = Arc::clone(&self.fleet);
        let incoming = elsewhere(move || Incoming::new(fleet.latest(), sbom)).await?;
        let incoming = Arc::new(incoming);
        let given = Arc::clone(&incoming);
        self.write_as(host, move |cx, host| {
            sboms::scan_report(cx, host, &claim, &given)
        })
        .await
    }

    async fn scan_failure(
        &self,
        host: HostIdentity,
        image: ImageDigest,
        claim: LeaseClaim,
        failure: Failure,
    ) -> Result<bool> {
        self.write_as(host, move |cx, host| {
            leases::scan_failure(cx, host, (image, &claim), failure)
        })
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

    async fn affected(&self, query: AffectedQuery, now: Timestamp) -> Result<Document> {
        self.question(now, move |asked| affected::affected(asked, &query))
            .await
    }

    async fn affected_lines(
        &self,
        query: AffectedQuery,
        rest: Option<Rest>,
        now: Timestamp,
    ) -> Result<Lines> {
        self.question(now, move |asked| affected::lines(asked, query, rest))
            .await
    }

    async fn exposure(&self, query: ExposureQuery, now: Timestamp) -> Result<Document> {
        self.question(now, move |asked| affected::exposure(asked, &query))
            .await
    }

    async fn exposure_lines(
        &self,
        query: ExposureQuery,
        rest: Option<Rest>,
        now: Timestamp,
    ) -> Result<Lines> {
        self.question(now, move |asked| {
            affected::exposure_lines(asked, query, rest)
        })
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

    async fn look_at_clock(&self) -> Result<Steady> {
        self.write(retention::look_at_clock).await
    }

    async fn drop_older(&self, oldest_kept: Timestamp, from: u32) -> Result<Step> {
        self.write(move |cx| retention::step(cx, oldest_kept, from))
            .await
    }

    async fn status(&self, now: Timestamp) -> Result<wire::StatusResponse> {
        let waiting = self.writer.work().waiting;
        self.ask(now, move |cx, index| status::status(cx, index, waiting))
            .await
    }

    async fn backup(&self) -> Result<Backup> {
        self.backups.take().await
    }

    async fn import_feed(
        &self,
        source: String,
        advisories: Box<dyn Read + Send>,
        now: Timestamp,
    ) -> Result<wire::FeedImported> {
        let imported = self.feeds.import(source, advisories, now).await?;
        self.judge_ahead(now);
        Ok(imported)
    }

    async fn feeds(&self) -> Result<Vec<wire::Feed>> {
        self.feeds.all().await
    }

    async fn gaps(&self, now: Timestamp) -> Result<wire::GapsResponse> {
        let query = AffectedQuery::of_nothing(self.feeds.ecosystems().await?)?;
        self.question(now, move |asked| affected::gaps(asked, &query))
            .await
    }

    async fn affecting(
        &self,
        request: wire::ListAffecting,
        now: Timestamp,
    ) -> Result<wire::AffectingResponse> {
        self.affecting(request, now).await
    }

    async fn drop_feed(&self, source: String) -> Result<()> {
        self.feeds.remove(source).await
    }

    async fn advisories(&self, request: wire::ListAdvisories) -> Result<wire::AdvisoriesResponse> {
        self.feeds.advisories(request).await
    }

    async fn advisory(&self, id: String) -> Result<wire::AdvisoryDetail> {
        self.feeds.advisory(id).await
    }

    async fn beside(&self, ids: Ids) -> Result<Beside> {
        self.feeds.known_of(ids).await
    }

    async fn speaking_of(&self, ids: Vec<String>) -> Result<Imported> {
        self.feeds.speaking_of(ids).await
    }

    async fn add_host(&self, name: String, code: SecretHash) -> Result<Timestamp> {
        self.write(move |cx| enrollment::add(cx, &name, code)).await
    }

    async fn reset_host(&self, name: String, code: SecretHash) -> Result<Timestamp> {
        self.write_of_tokens(move |cx| enrollment::reset(cx, &name, code))
            .await
    }

    async fn remove_host(&self, name: String) -> Result<()> {
        self.write_of_tokens(move |cx| enrollment::remove(cx, &name))
            .await
    }

    async fn retry_image(&self, digest: ImageDigest) -> Result<()> {
        self.write(move |cx| leases::forgive(cx, digest)).await
    }

    async fn rescan_image(&self, digest: ImageDigest) -> Result<()> {
        self.write(move |cx| leases::scan_again(cx, digest)).await
    }

    async fn withdraw_image(&self, digest: ImageDigest, by: String) -> Result<u64> {
        self.write(move |cx| withdrawn::image(cx, digest, &by))
            .await
    }

    async fn withdraw_host(&self, name: String, by: String) -> Result<u64> {
        let host = self
            .write(move |cx| withdrawn::submitter(cx, &name))
            .await?;
        let (mut all, mut after) = (0, Some(0));
        while let Some(last) = after {
            let by = by.clone();
            let step = self.write(move |cx| withdrawn::of_host(cx, host, last, &by));
            let (withdrawn, next) = step.await?;
            (all, after) = (all + withdrawn, next);
        }
        Ok(all)
    }

    async fn create_token(
        &self,
        request: wire::CreateToken,
        token: SecretHash,
    ) -> Result<Option<Timestamp>> {
        self.write_of_tokens(move |cx| tokens::create(cx, &request, token))
            .await
    }

    async fn tokens(&self, now: Timestamp) -> Result<Vec<wire::TokenSummary>> {
        self.read(now, tokens::list).await
    }

    async fn revoke_token(&self, name: String) -> Result<()> {
        self.write_of_tokens(move |cx| tokens::revoke(cx, &name))
            .await
    }
}
