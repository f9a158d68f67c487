//! An agent of the demo: it calls the API's routes as a genuine one does over the network.

use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, bail};
use axum::{
    Extension, Router,
    body::{Body, to_bytes},
    http::{Method, Request, header},
};
use proto_types::{
    CreateHost, Endpoint, Enroll, FailureCause, FullReport, Lease, ReportedContainer, ScanFailure,
    ScanReport, ScanStatus, Unseen,
};
use tower::ServiceExt;

use super::{
    fleet::Host,
    images::{self, Readable},
};
use crate::auth::LocalSocket;

/// The scanner that all hosts have.
const SCANNER: &str = "syft 1.18.1";
/// More of an answer is not looked at.
const ANSWER_BYTES: usize = 8 << 20;

/// Adds a host as an admin does, and answers the code that it enrolls with.
pub(super) async fn add(router: &Router, name: &str) -> anyhow::Result<String> {
    let admin = router.clone().layer(Extension(LocalSocket));
    let name = name.to_owned();
    Ok(call(&admin, &CreateHost { name }, None).await?.code)
}

/// A host that has enrolled.
pub(super) struct Agent {
    /// The host.
    pub(super) host: Host,
    token: String,
    seq: AtomicU64,
}

impl Agent {
    /// Adds a host and enrolls it.
    pub(super) async fn enroll(router: &Router, host: Host) -> anyhow::Result<Self> {
        let code = add(router, &host.name).await?;
        let token = call(router, &Enroll::by(code), None).await?.token;
        let seq = AtomicU64::new(1);
        Ok(Self { host, token, seq })
    }

    /// Reports what runs, and scans what the server asks for, until it asks for nothing more.
    pub(super) async fn report(
        &self,
        router: &Router,
        containers: &[ReportedContainer],
        complete: bool,
    ) -> anyhow::Result<()> {
        loop {
            let report = FullReport {
                host: self.host.name.clone(),
                seq: Some(self.seq.fetch_add(1, Ordering::Relaxed)),
                complete,
                scanner: Some(SCANNER.to_owned()),
                detail: model::detail::KEPT,
                machine: None,
                unseen: Unseen::default(),
                containers: containers.to_vec(),
            };
            let leases = call(router, &report, Some(&self.token)).await?.leases;
            if leases.is_empty() {
                return Ok(());
            }
            for lease in leases {
                self.scan(router, lease, containers).await?;
            }
        }
    }

    async fn scan(
        &self,
        router: &Router,
        lease: Lease,
        containers: &[ReportedContainer],
    ) -> anyhow::Result<()> {
        let digest = lease.image_digest;
        let name = containers
            .iter()
            .find(|container| container.image_digest == digest)
            .map(|container| container.image_name.as_str());
        let scanned = name.and_then(images::scan);
        let (image, readable) =
            scanned.with_context(|| format!("{digest} is no image of the demo"))?;
        let token = Some(self.token.as_str());
        if readable == Readable::No {
            let failure = ScanFailure {
                image_digest: digest,
                lease: Some(lease.lease),
                generation: Some(lease.generation),
                scanner: Some(SCANNER.to_owned()),
                cause: FailureCause::Image,
                message: "syft: a layer is not a tar archive".to_owned(),
            };
            call(router, &failure, token).await?;
            return Ok(());
        }
        let is_partial = readable == Readable::Partly;
        let report = ScanReport {
            image,
            lease: Some(lease.lease),
            generation: Some(lease.generation),
            scanner: Some(SCANNER.to_owned()),
            detail: model::detail::KEPT,
            status: match is_partial {
                true => ScanStatus::Partial,
                false => ScanStatus::Complete,
            },
            reason: is_partial.then(|| "the scanner ran out of temporary space".to_owned()),
            cause: None,
        };
        call(router, &report, token).await?;
        Ok(())
    }
}

/// Calls a route, and answers what it answers.
async fn call<E: Endpoint>(
    router: &Router,
    request: &E,
    token: Option<&str>,
) -> anyhow::Result<E::Response> {
    let method = match E::METHOD {
        proto_types::Method::Get => Method::GET,
        proto_types::Method::Post => Method::POST,
        proto_types::Method::Delete => Method::DELETE,
    };
    let mut call = Request::builder()
        .method(method)
        .uri(request.path())
        .header(header::CONTENT_TYPE, "application/json");
    if let Some(token) = token {
        call = call.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let call = call.body(Body::from(serde_json::to_vec(request)?))?;
    let answer = router.clone().oneshot(call).await?;
    let status = answer.status();
    let body = to_bytes(answer.into_body(), ANSWER_BYTES).await?;
    if status != E::STATUS {
        bail!(
            "{} answered {status}: {}",
            E::ROUTE,
            String::from_utf8_lossy(&body)
        );
    }
    Ok(serde_json::from_slice(&body)?)
}
