//! `/api/v1/hosts…`: the enrolled machines.

use axum::{Json, extract::State, http::StatusCode};
use proto_types::{CreateHost, Done, Host, HostCode, HostsResponse, Timestamp};

use crate::{
    App,
    auth::{Admin, Reader},
    error::ApiResult,
    extract::{Body, Segment},
    store::secret::{self, SecretHash},
};

/// Lists the hosts.
pub async fn list(_: Reader, State(app): State<App>) -> ApiResult<Json<HostsResponse>> {
    Ok(Json(app.store.hosts(app.clock.now()).await?))
}

/// Shows one host.
pub async fn get(
    _: Reader,
    State(app): State<App>,
    Segment(name): Segment<String>,
) -> ApiResult<Json<Host>> {
    Ok(Json(app.store.host(name, app.clock.now()).await?))
}

/// Adds a host and makes a code for it.
pub async fn create(
    _: Admin,
    State(app): State<App>,
    Body(request): Body<CreateHost>,
) -> ApiResult<(StatusCode, Json<HostCode>)> {
    let name = request.name;
    let code = secret::generate("code")?;
    let hash = SecretHash::of(&code);
    let expires_at = app
        .store
        .add_host(name.clone(), hash, app.clock.now())
        .await?;
    Ok(made(name, code, expires_at))
}

/// Ends a host's token and makes a new code.
pub async fn reset(
    _: Admin,
    State(app): State<App>,
    Segment(name): Segment<String>,
) -> ApiResult<(StatusCode, Json<HostCode>)> {
    let code = secret::generate("code")?;
    let hash = SecretHash::of(&code);
    let expires_at = app
        .store
        .reset_host(name.clone(), hash, app.clock.now())
        .await?;
    Ok(made(name, code, expires_at))
}

/// Removes a host.
pub async fn remove(
    _: Admin,
    State(app): State<App>,
    Segment(name): Segment<String>,
) -> ApiResult<Json<Done>> {
    app.store.remove_host(name, app.clock.now()).await?;
    Ok(Json(Done {}))
}

fn made(name: String, code: String, expires_at: Timestamp) -> (StatusCode, Json<HostCode>) {
    let code = HostCode {
        name,
        code,
        expires_at,
    };
    (StatusCode::CREATED, Json(code))
}
