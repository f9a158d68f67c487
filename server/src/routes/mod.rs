//! Every route, and what stands around all of them.

mod advisories;
mod affected;
mod backup;
mod changes;
mod containers;
mod diff;
mod enroll;
mod exports;
mod exposure;
mod feeds;
mod find;
mod health;
mod hosts;
mod images;
mod lines;
mod metrics;
mod reports;
mod status;
mod table;
mod tokens;

use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use model::bounds::{AFFECTED_BODY, BODY, ENROLL_BODY, FULL_REPORT_BODY, IMPORT_BODY, SBOM_BODY};
use proto_types as wire;
use proto_types::ErrorCode;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;

use self::table::Table;
use crate::{
    app::App, error::ApiError, extract::no_route, limits::until_answered, requests::known,
};

/// Every route of the server.
pub fn router(app: App) -> Router {
    let routes = Table::default()
        .route::<wire::Enroll, _, _>(enroll::enroll, ENROLL_BODY)
        .route::<wire::FullReport, _, _>(reports::full_report, FULL_REPORT_BODY)
        .route::<wire::ContainerReport, _, _>(reports::container_report, BODY)
        .route::<wire::ScanReport, _, _>(reports::scan_report, SBOM_BODY)
        .route::<wire::ScanFailure, _, _>(reports::scan_failure, BODY)
        .route::<wire::FindRequest, _, _>(find::find, FULL_REPORT_BODY)
        .route::<wire::AffectedRequest, _, _>(affected::affected, AFFECTED_BODY)
        .route::<wire::ExposureRequest, _, _>(exposure::exposure, AFFECTED_BODY)
        .route::<wire::ListContainers, _, _>(containers::list, BODY)
        .route::<wire::ListImages, _, _>(images::list, BODY)
        .route::<wire::GetImage, _, _>(images::get, BODY)
        .route::<wire::RetryImage, _, _>(images::retry, BODY)
        .route::<wire::RescanImage, _, _>(images::rescan, BODY)
        .route::<wire::WithdrawImage, _, _>(images::withdraw, BODY)
        .route::<wire::ListHosts, _, _>(hosts::list, BODY)
        .route::<wire::GetHost, _, _>(hosts::get, BODY)
        .route::<wire::CreateHost, _, _>(hosts::create, BODY)
        .route::<wire::RemoveHost, _, _>(hosts::remove, BODY)
        .route::<wire::ResetHost, _, _>(hosts::reset, BODY)
        .route::<wire::WithdrawHost, _, _>(hosts::withdraw, BODY)
        .route::<wire::GetImageSbom, _, _>(exports::of_image, BODY)
        .route::<wire::GetHostSbom, _, _>(exports::of_host, BODY)
        .route::<wire::GetDiff, _, _>(diff::diff, BODY)
        .route::<wire::ListChanges, _, _>(changes::changes, BODY)
        .route::<wire::GetStatus, _, _>(status::status, BODY)
        .route::<wire::CreateToken, _, _>(tokens::create, BODY)
        .route::<wire::ListTokens, _, _>(tokens::list, BODY)
        .route::<wire::RevokeToken, _, _>(tokens::revoke, BODY)
        .route::<wire::TakeBackup, _, _>(backup::take, BODY)
        .route::<wire::ListAdvisories, _, _>(advisories::list, BODY)
        .route::<wire::ListAffecting, _, _>(advisories::affecting, BODY)
        .route::<wire::GetAdvisory, _, _>(advisories::get, BODY)
        .route::<wire::ListFeeds, _, _>(feeds::list, BODY)
        .route::<wire::ListGaps, _, _>(feeds::gaps, BODY)
        .route::<wire::ImportFeed, _, _>(feeds::import, IMPORT_BODY)
        .route::<wire::DropFeed, _, _>(feeds::remove, BODY)
        .text(
            "/metrics",
            "How the server and the fleet stand, in Prometheus' text format.",
            metrics::metrics,
        )
        .text("/healthz", "The process answers.", health::live)
        .text("/readyz", "The store answers too.", health::ready)
        .done();
    routes
        .fallback(no_route)
        .method_not_allowed_fallback(no_route)
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(app.clone(), known))
                .layer(CatchPanicLayer::custom(panicked))
                .layer(from_fn(until_answered)),
        )
        .with_state(app)
}

/// A handler that panics fails its own request and no other; the panic is in the log.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    ApiError::new(ErrorCode::Internal, "the request failed")
        .hint("the server's log says more")
        .into_response()
}
