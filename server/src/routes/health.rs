//! `/healthz` and `/readyz`: for whatever watches over the server.

use axum::extract::State;

use crate::{app::App, auth::Anyone, error::ApiResult};

/// The process answers.
pub async fn live(_: Anyone) -> &'static str {
    "ok\n"
}

/// The store answers too.
pub async fn ready(_: Anyone, State(app): State<App>) -> ApiResult<&'static str> {
    app.store.ready().await?;
    Ok("ok\n")
}
