//! `/api/v1/reports/…`: what agents tell.

use axum::{
    extract::State,
    http::{HeaderMap, header},
};
use model::accept;
use proto_types::{
    ContainerReport, ErrorCode, FullReport, ReportResponse, ScanFailure, ScanFailureResponse,
    ScanReport, ScanResponse,
};

use crate::{
    app::App,
    auth::Host,
    blocking::elsewhere,
    error::{ApiError, ApiResult},
    extract::Body,
    metrics::Report,
    reply::Reply,
    store::{HostIdentity, sbom::Sbom},
};

/// Takes in everything that runs.
pub async fn full_report(
    Host(host): Host,
    State(app): State<App>,
    headers: HeaderMap,
    Body(report): Body<FullReport>,
) -> ApiResult<Reply<FullReport>> {
    check_host(&host, &report.host)?;
    let (report, left_out) = accept::full_report(report)?;
    if let Some(left_out) = &left_out {
        let first = left_out.items.first();
        let (name, reason) = first.map_or(("", ""), |item| (&item.name, &item.reason));
        tracing::warn!(
            host = host.name,
            containers = left_out.count,
            name,
            reason,
            "left out of a report"
        );
    }
    let response = app.store.full_report(host, report).await?;
    app.metrics.reported(Report::Full);
    let agent = headers.get(header::USER_AGENT);
    app.metrics
        .reported_by(agent.and_then(|agent| agent.to_str().ok()));
    Ok(Reply(ReportResponse {
        left_out,
        ..response
    }))
}

/// Takes in one container that started or stopped.
pub async fn container_report(
    Host(host): Host,
    State(app): State<App>,
    Body(report): Body<ContainerReport>,
) -> ApiResult<Reply<ContainerReport>> {
    check_host(&host, &report.host)?;
    let report = accept::container_report(report)?;
    let response = app.store.container_report(host, report).await?;
    app.metrics.reported(Report::Container);
    Ok(Reply(response))
}

/// Takes in an image's SBOM.
pub async fn scan_report(
    Host(host): Host,
    State(app): State<App>,
    Body(report): Body<ScanReport<accept::Told>>,
) -> ApiResult<Reply<ScanReport>> {
    // There may be much of it, and no connection waits for that.
    let (claim, report) = elsewhere(|| accept::scan_report(report)).await?;
    let status = report.status;
    let sbom = Sbom::new(report);
    let outcome = app.store.scan_report(host, claim, sbom).await?;
    app.metrics.scanned(status, outcome);
    Ok(Reply(ScanResponse { outcome }))
}

/// Takes in why there is no SBOM.
pub async fn scan_failure(
    Host(host): Host,
    State(app): State<App>,
    Body(failure): Body<ScanFailure>,
) -> ApiResult<Reply<ScanFailure>> {
    let (image, cause) = (failure.image_digest, failure.cause);
    let (claim, failure) = accept::scan_failure(failure)?;
    let quarantined = app.store.scan_failure(host, image, claim, failure).await?;
    app.metrics.failed(cause);
    Ok(Reply(ScanFailureResponse { quarantined }))
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
