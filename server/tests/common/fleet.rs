//! A fleet on a virtual clock: hosts that are enrolled, and what they tell at the clock's time.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use assetmon_server::store::{
    HostIdentity, Result, Rules, Step, Store, StoreError, query::FindQuery, sbom::Sbom,
    secret::SecretHash,
};
use model::lease::{Failure, LeaseClaim};
use proto_types::{
    ContainersResponse, FailureCause, Field, FindRequest, FindResponse, FullReport, ImageDetail,
    Lease, ListContainers, Match, Op, ReportResponse, ScanOutcome, Timestamp,
};
use tempfile::TempDir;

use super::{ContainerReport, clock_at, complete, full, image, open, open_at, open_by};

/// Hosts in a store, at one time.
pub struct Fleet {
    /// The store.
    pub store: Arc<dyn Store>,
    /// Milliseconds since 1970; turn it by [`Fleet::pass`].
    pub clock: Arc<AtomicI64>,
    secrets: AtomicU64,
    dir: TempDir,
}

impl Fleet {
    /// An empty fleet at the start of time.
    pub fn new() -> Self {
        let clock = clock_at(0);
        let (dir, store) = open(&clock);
        Self {
            store,
            clock,
            secrets: AtomicU64::new(0),
            dir,
        }
    }

    /// An empty fleet under other settings.
    pub fn by(rules: Rules) -> Self {
        let clock = clock_at(0);
        let dir = tempfile::tempdir().unwrap();
        let store = open_by(dir.path(), &clock, rules).unwrap();
        Self::at(dir, store, clock)
    }

    /// The fleet of a store that is in a folder.
    pub fn at(dir: TempDir, store: Arc<dyn Store>, clock: Arc<AtomicI64>) -> Self {
        Self {
            store,
            clock,
            // Those of whoever filled it were others.
            secrets: AtomicU64::new(1_000),
            dir,
        }
    }

    /// A fleet of enrolled hosts that have not reported yet.
    pub async fn of<const N: usize>(names: [&str; N]) -> (Self, [HostIdentity; N]) {
        let fleet = Self::new();
        let mut hosts = Vec::new();
        for name in names {
            hosts.push(fleet.enroll(name).await);
        }
        (fleet, hosts.try_into().unwrap())
    }

    /// The folder of the store.
    pub fn folder(&self) -> &Path {
        self.dir.path()
    }

    /// The same fleet once the store is closed and opened again.
    pub fn reopened(self) -> Self {
        drop(self.store);
        Self {
            store: open_at(self.dir.path(), &self.clock).unwrap(),
            ..self
        }
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.clock.load(Ordering::Relaxed)).unwrap()
    }

    /// Turns the clock on, or back.
    pub fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1000, Ordering::Relaxed);
    }

    /// Drops what ended before a moment, as the daily job does; what each step did.
    pub async fn drop_older(&self, oldest_kept: Timestamp) -> Vec<Step> {
        let (mut steps, mut next) = (Vec::new(), Some(0));
        while let Some(from) = next {
            let step = self.store.drop_older(oldest_kept, from).await.unwrap();
            steps.push(step);
            next = step.next;
        }
        steps
    }

    /// A hash that no other call gives.
    pub fn secret(&self) -> SecretHash {
        let number = self.secrets.fetch_add(1, Ordering::Relaxed);
        SecretHash::of(&format!("secret {number}"))
    }

    /// Adds a host and enrolls it.
    pub async fn enroll(&self, name: &str) -> HostIdentity {
        let code = self.secret();
        let added = self.store.add_host(name.to_owned(), code).await;
        added.unwrap();
        let enrolled = self.store.enroll(code, self.secret()).await;
        enrolled.unwrap()
    }

    /// Reports everything that runs on a host.
    pub async fn full(&self, host: &HostIdentity, containers: &[(&str, u8)]) -> ReportResponse {
        self.report(host, full(containers)).await.unwrap()
    }

    /// Sends a full report.
    pub async fn report(&self, host: &HostIdentity, report: FullReport) -> Result<ReportResponse> {
        let named = FullReport {
            host: host.name.clone(),
            ..report
        };
        self.store.full_report(host.clone(), named).await
    }

    /// Sends an update.
    pub async fn update(
        &self,
        host: &HostIdentity,
        report: ContainerReport,
    ) -> Result<ReportResponse> {
        self.store.container_report(host.clone(), report).await
    }

    /// Uploads an SBOM under a lease.
    pub async fn upload(
        &self,
        host: &HostIdentity,
        lease: &Lease,
        sbom: Sbom,
    ) -> Result<ScanOutcome> {
        self.claim(host, claim(lease), sbom).await
    }

    /// Uploads an SBOM under whatever is claimed.
    pub async fn claim(
        &self,
        host: &HostIdentity,
        claim: LeaseClaim,
        sbom: Sbom,
    ) -> Result<ScanOutcome> {
        self.store.scan_report(host.clone(), claim, sbom).await
    }

    /// Tells that a scan failed; says whether the image is quarantined now.
    pub async fn fail(
        &self,
        host: &HostIdentity,
        lease: &Lease,
        cause: FailureCause,
    ) -> Result<bool> {
        self.fail_with(host, lease, failure(cause)).await
    }

    /// Tells of a failed scan under a lease.
    pub async fn fail_with(
        &self,
        host: &HostIdentity,
        lease: &Lease,
        failure: Failure,
    ) -> Result<bool> {
        let image = lease.image_digest;
        self.store
            .scan_failure(host.clone(), image, claim(lease), failure)
            .await
    }

    /// Has a host run a container on an image with these artifacts.
    pub async fn run(
        &self,
        host: &HostIdentity,
        containers: &[(&str, u8)],
        artifacts: &[proto_types::Artifact],
    ) {
        loop {
            let response = self.full(host, containers).await;
            if response.leases.is_empty() {
                return;
            }
            for lease in response.leases {
                let on = lease.image_digest.as_bytes()[0];
                let stored = self.upload(host, &lease, complete(on, artifacts)).await;
                assert_eq!(stored.unwrap(), ScanOutcome::Stored);
            }
        }
    }

    /// Asks at the clock's time.
    pub async fn ask(&self, request: FindRequest) -> Result<FindResponse> {
        let query = FindQuery::new(request)?;
        let found = self.store.find(query, self.now()).await?;
        Ok(found.response().unwrap())
    }

    /// Asks what must be answered.
    pub async fn find(&self, request: FindRequest) -> FindResponse {
        self.ask(request).await.unwrap()
    }

    /// Lists containers, all of them.
    pub async fn containers(&self, request: ListContainers) -> ContainersResponse {
        let request = ListContainers {
            limit: request.limit.or(Some(0)),
            ..request
        };
        self.store.containers(request, self.now()).await.unwrap()
    }

    /// `host/container` of everything that runs now.
    pub async fn live(&self) -> Vec<String> {
        names(&self.containers(ListContainers::default()).await)
    }

    /// `host/container` of everything that ran at a time.
    pub async fn live_at(&self, at: Timestamp) -> Vec<String> {
        let request = ListContainers {
            at: Some(at),
            ..Default::default()
        };
        names(&self.containers(request).await)
    }

    /// Shows an image.
    pub async fn image(&self, number: u8) -> ImageDetail {
        self.store.image(image(number), self.now()).await.unwrap()
    }
}

/// `host/container` of what a list names.
pub fn names(response: &ContainersResponse) -> Vec<String> {
    response
        .containers
        .iter()
        .map(|one| format!("{}/{}", one.host, one.name))
        .collect()
}

/// What an upload under a lease says of it.
pub fn claim(lease: &Lease) -> LeaseClaim {
    LeaseClaim {
        lease: Some(lease.lease.clone()),
        generation: Some(lease.generation),
    }
}

/// A failed scan.
pub fn failure(cause: FailureCause) -> Failure {
    Failure {
        scanner: Some("syft 1.0".to_owned()),
        cause,
        message: "it would not open".to_owned(),
    }
}

/// One condition.
pub fn matching(field: Field, op: Op, value: &str) -> Match {
    Match {
        field,
        op,
        value: value.to_owned(),
    }
}

/// A question with one condition, for all results.
pub fn one(field: Field, op: Op, value: &str) -> FindRequest {
    FindRequest {
        matches: vec![matching(field, op, value)],
        limit: Some(0),
        ..FindRequest::default()
    }
}

/// A question for an artifact's name, for all results.
pub fn named(name: &str) -> FindRequest {
    one(Field::Name, Op::Eq, name)
}

/// What a refused request was refused for.
pub fn refused<T: std::fmt::Debug>(result: Result<T>) -> StoreError {
    result.unwrap_err()
}
