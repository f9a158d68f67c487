//! `/api/v1/reports/…`: what agents tell.

use std::collections::HashSet;

use axum::{Json, extract::State};
use model::{
    bounds,
    lease::{Failure, LeaseClaim},
};
use proto_types::{
    ContainerReport, ErrorCode, FailureCause, FullReport, ReportResponse, ReportedContainer,
    ScanFailure, ScanFailureResponse, ScanReport, ScanResponse,
};

use crate::{
    App,
    auth::Host,
    error::{ApiError, ApiResult},
    extract::Body,
    store::{HostIdentity, sbom::Sbom},
};

/// No host runs more containers.
const MOST_CONTAINERS: usize = 5_000;
/// No name of a container, an image or a scanner is longer, in bytes.
const LONGEST_NAME: usize = 1024;

/// Everything that runs.
pub async fn full(
    Host(host): Host,
    State(app): State<App>,
    Body(report): Body<FullReport>,
) -> ApiResult<Json<ReportResponse>> {
    check_host(&host, &report.host)?;
    if report.containers.len() > MOST_CONTAINERS {
        return Err(invalid(format!(
            "the report lists {} containers: at most {MOST_CONTAINERS} are taken",
            report.containers.len()
        )));
    }
    check_scanner(report.scanner.as_deref())?;
    let mut names = HashSet::new();
    for container in &report.containers {
        check_container(container)?;
        if !names.insert(container.name.as_str()) {
            return Err(invalid(format!(
                "the report lists two containers named `{}`: a name stands for one on its host",
                container.name
            )));
        }
    }
    let response = app.store.report_full(host, report, app.clock.now()).await?;
    Ok(Json(response))
}

/// One container that started or stopped.
pub async fn container(
    Host(host): Host,
    State(app): State<App>,
    Body(report): Body<ContainerReport>,
) -> ApiResult<Json<ReportResponse>> {
    check_host(&host, &report.host)?;
    check_container(&report.container)?;
    check_scanner(report.scanner.as_deref())?;
    let response = app
        .store
        .report_container(host, report, app.clock.now())
        .await?;
    Ok(Json(response))
}

/// An image's SBOM.
pub async fn scan(
    Host(host): Host,
    State(app): State<App>,
    Body(mut report): Body<ScanReport>,
) -> ApiResult<Json<ScanResponse>> {
    let claim = claim(report.lease.take(), report.generation);
    let sbom = Sbom::from_report(report)?;
    let outcome = app
        .store
        .upload_sbom(host, claim, sbom, app.clock.now())
        .await?;
    Ok(Json(ScanResponse { outcome }))
}

/// Why there is no SBOM.
pub async fn scan_failure(
    Host(host): Host,
    State(app): State<App>,
    Body(failure): Body<ScanFailure>,
) -> ApiResult<Json<ScanFailureResponse>> {
    check_scanner(failure.scanner.as_deref())?;
    if failure.cause == FailureCause::Expired {
        return Err(invalid(
            "`cause` must be `image` or `environment`: only the server sees a lease expire",
        ));
    }
    let claim = claim(failure.lease, failure.generation);
    let failed = Failure {
        cause: failure.cause,
        message: failure.message.chars().take(bounds::MESSAGE).collect(),
        scanner: failure.scanner,
    };
    let quarantined = app
        .store
        .record_failure(host, failure.image_digest, claim, failed, app.clock.now())
        .await?;
    Ok(Json(ScanFailureResponse { quarantined }))
}

/// What an upload or a failure claims.
const fn claim(lease: Option<String>, generation: Option<u64>) -> LeaseClaim {
    LeaseClaim { lease, generation }
}

/// A host's identity comes from its token; a body that names another one is refused.
fn check_host(host: &HostIdentity, named: &str) -> ApiResult<()> {
    if host.name == named {
        return Ok(());
    }
    Err(ApiError::new(
        ErrorCode::Forbidden,
        format!(
            "the token is host `{}`'s, and the report names `{named}`",
            host.name
        ),
    ))
}

fn check_container(container: &ReportedContainer) -> ApiResult<()> {
    if container.name.is_empty() {
        return Err(invalid("a container has no name"));
    }
    for (what, text) in [
        ("name", &container.name),
        ("image_name", &container.image_name),
    ] {
        if text.len() > LONGEST_NAME {
            return Err(invalid(format!(
                "a container's {what} has {} bytes: at most {LONGEST_NAME} are taken",
                text.len()
            )));
        }
    }
    Ok(())
}

fn check_scanner(scanner: Option<&str>) -> ApiResult<()> {
    match scanner {
        Some(scanner) if scanner.len() > LONGEST_NAME => Err(invalid(format!(
            "`scanner` has {} bytes: at most {LONGEST_NAME} are taken",
            scanner.len()
        ))),
        _ => Ok(()),
    }
}

fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::InvalidRequest, message)
}
