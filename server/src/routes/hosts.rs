//! `/api/v1/hosts…`: the enrolled machines.

use axum::extract::State;
use model::accept;
use proto_types::{
    CreateHost, Done, GetHost, HostCode, ListHosts, RemoveHost, ResetHost, WithdrawHost, Withdrawn,
};

use crate::{
    app::App,
    audit::Action,
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
    Admin(actor): Admin,
    State(app): State<App>,
    Body(request): Body<CreateHost>,
) -> ApiResult<Reply<CreateHost>> {
    let name = request.name;
    accept::host_name(&name)?;
    let code = secret::generate("code")?;
    let hash = SecretHash::of(&code);
    let added = name.clone();
    let add = async move { app.store.add_host(added, hash).await };
    let expires_at = actor.does(Action::AddHost, &name, add).await?;
    Ok(Reply(HostCode {
        name,
        code,
        expires_at,
    }))
}

/// Ends a host's token and makes a new code.
pub async fn reset(
    Admin(actor): Admin,
    State(app): State<App>,
    Segment(name): Segment<String>,
) -> ApiResult<Reply<ResetHost>> {
    let code = secret::generate("code")?;
    let hash = SecretHash::of(&code);
    let named = name.clone();
    let reset = async move { app.store.reset_host(named, hash).await };
    let expires_at = actor.does(Action::ResetHost, &name, reset).await?;
    Ok(Reply(HostCode {
        name,
        code,
        expires_at,
    }))
}

/// Removes a host.
pub async fn remove(
    Admin(actor): Admin,
    State(app): State<App>,
    Segment(name): Segment<String>,
) -> ApiResult<Reply<RemoveHost>> {
    let subject = name.clone();
    let remove = async move { app.store.remove_host(name).await };
    actor.does(Action::RemoveHost, subject, remove).await?;
    Ok(Reply(Done {}))
}

/// Withdraws all that a host submitted.
pub async fn withdraw(
    Admin(actor): Admin,
    State(app): State<App>,
    Segment(name): Segment<String>,
) -> ApiResult<Reply<WithdrawHost>> {
    let (subject, by) = (name.clone(), actor.name());
    let withdraw = async move { app.store.withdraw_host(name, by).await };
    let withdrawn = actor.does(Action::WithdrawHost, subject, withdraw).await?;
    Ok(Reply(Withdrawn { withdrawn }))
}
