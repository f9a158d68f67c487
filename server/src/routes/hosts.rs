//! `/api/v1/hosts…`: the enrolled machines.

use axum::extract::State;
use model::accept;
use proto_types::{CreateHost, Done, GetHost, HostCode, ListHosts, RemoveHost, ResetHost};

use crate::{
    app::App,
    auth::{Admin, Reader},
    error::ApiResult,
    extract::{Body, Segment},
    reply::Reply,
    store::secret::{self, SecretHash},
};

/// Lists the hosts.
pub async fn list(_: Reader, State(app): State<App>) -> ApiResult<Reply<ListHosts>> {
    Ok(Reply(app.store.hosts(app.clock.now()).await?))
}

/// Shows one host.
pub async fn get(
    _: Reader,
    State(app): State<App>,
    Segment(name): Segment<String>,
) -> ApiResult<Reply<GetHost>> {
    Ok(Reply(app.store.host(name, app.clock.now()).await?))
}

/// Adds a host and makes a code for it.
pub async fn create(
    _: Admin,
    State(app): State<App>,
    Body(request): Body<CreateHost>,
) -> ApiResult<Reply<CreateHost>> {
    let name = request.name;
    accept::host_name(&name)?;
    let code = secret::generate("code")?;
    let hash = SecretHash::of(&code);
    let expires_at = app.store.add_host(name.clone(), hash).await?;
    Ok(Reply(HostCode {
        name,
        code,
        expires_at,
    }))
}

/// Ends a host's token and makes a new code.
pub async fn reset(
    _: Admin,
    State(app): State<App>,
    Segment(name): Segment<String>,
) -> ApiResult<Reply<ResetHost>> {
    let code = secret::generate("code")?;
    let hash = SecretHash::of(&code);
    let expires_at = app.store.reset_host(name.clone(), hash).await?;
    Ok(Reply(HostCode {
        name,
        code,
        expires_at,
    }))
}

/// Removes a host.
pub async fn remove(
    _: Admin,
    State(app): State<App>,
    Segment(name): Segment<String>,
) -> ApiResult<Reply<RemoveHost>> {
    app.store.remove_host(name).await?;
    Ok(Reply(Done {}))
}
