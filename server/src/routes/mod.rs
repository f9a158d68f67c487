//! Every route, and what stands around all of them.

mod changes;
mod containers;
mod diff;
mod enroll;
mod exports;
mod find;
mod health;
mod hosts;
mod images;
mod reports;
mod status;
mod tokens;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    http::StatusCode,
    middleware::map_response,
    response::{IntoResponse, Response},
    routing::{MethodRouter, delete, get, post},
};
use model::bounds::{BODY, FULL_REPORT_BODY, SBOM_BODY};
use proto_types as wire;
use proto_types::{Endpoint, ErrorCode, Method};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer, decompression::RequestDecompressionLayer,
    limit::RequestBodyLimitLayer, trace::TraceLayer,
};

use crate::{
    app::App,
    error::ApiError,
    extract::{no_route, too_large, unknown_packing},
};

/// Every route of the server.
pub fn router(app: App) -> Router {
    let routes = Router::new()
        .merge(route::<wire::Enroll, _, _>(enroll::enroll, BODY))
        .merge(route::<wire::FullReport, _, _>(
            reports::full_report,
            FULL_REPORT_BODY,
        ))
        .merge(route::<wire::ContainerReport, _, _>(
            reports::container_report,
            BODY,
        ))
        .merge(route::<wire::ScanReport, _, _>(
            reports::scan_report,
            SBOM_BODY,
        ))
        .merge(route::<wire::ScanFailure, _, _>(
            reports::scan_failure,
            BODY,
        ))
        .merge(route::<wire::FindRequest, _, _>(
            find::find,
            FULL_REPORT_BODY,
        ))
        .merge(route::<wire::ListContainers, _, _>(containers::list, BODY))
        .merge(route::<wire::ListImages, _, _>(images::list, BODY))
        .merge(route::<wire::GetImage, _, _>(images::get, BODY))
        .merge(route::<wire::RetryImage, _, _>(images::retry, BODY))
        .merge(route::<wire::ListHosts, _, _>(hosts::list, BODY))
        .merge(route::<wire::GetHost, _, _>(hosts::get, BODY))
        .merge(route::<wire::CreateHost, _, _>(hosts::create, BODY))
        .merge(route::<wire::RemoveHost, _, _>(hosts::remove, BODY))
        .merge(route::<wire::ResetHost, _, _>(hosts::reset, BODY))
        .merge(route::<wire::GetImageSbom, _, _>(exports::of_image, BODY))
        .merge(route::<wire::GetHostSbom, _, _>(exports::of_host, BODY))
        .merge(route::<wire::GetDiff, _, _>(diff::diff, BODY))
        .merge(route::<wire::ListChanges, _, _>(changes::changes, BODY))
        .merge(route::<wire::GetStatus, _, _>(status::status, BODY))
        .merge(route::<wire::CreateToken, _, _>(tokens::create, BODY))
        .merge(route::<wire::ListTokens, _, _>(tokens::list, BODY))
        .merge(route::<wire::RevokeToken, _, _>(tokens::revoke, BODY))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready));
    routes
        .fallback(no_route)
        .method_not_allowed_fallback(no_route)
        .layer(
            ServiceBuilder::new()
                .layer(TraceLayer::new_for_http())
                .layer(CatchPanicLayer::custom(panicked)),
        )
        .with_state(app)
}

/// The route of an endpoint: its method and its path stand with its type, its bound here.
fn route<E, H, T>(handler: H, body: usize) -> Router<App>
where
    E: Endpoint,
    H: Handler<T, App>,
    T: 'static,
{
    let method: MethodRouter<App> = match E::METHOD {
        Method::Get => get(handler),
        Method::Post => post(handler),
        Method::Delete => delete(handler),
    };
    let bounds = ServiceBuilder::new()
        .layer(RequestBodyLimitLayer::new(body))
        .layer(RequestDecompressionLayer::new())
        .layer(DefaultBodyLimit::max(body));
    let method = method.layer(bounds).layer(map_response(as_error_body));
    Router::new().route(E::ROUTE, method)
}

/// The layers that bound and unpack bodies refuse without an error body; this adds one.
async fn as_error_body(response: Response) -> Response {
    match response.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large().into_response(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => unknown_packing().into_response(),
        _ => response,
    }
}

/// A handler that panics fails its own request and no other; the panic is in the log.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    ApiError::new(ErrorCode::Internal, "the request failed")
        .hint("the server's log says more")
        .into_response()
}
