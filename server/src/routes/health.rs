//! `/healthz` and `/readyz`: for whatever watches over the server.

use axum::extract::State;

use crate::{app::App, error::ApiResult};

/// The process answers.
pub async fn live() -> &'static str {
    "ok\n"
}

/// The store answers too.
pub async fn ready(State(app): State<App>) -> ApiResult<&'static str> {
    app.store.ready().await?;
    Ok("ok\n")
}
