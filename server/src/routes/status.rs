//! `/api/v1/status`: how the server and the fleet stand.

use axum::extract::State;
use proto_types::GetStatus;

use crate::{app::App, auth::Reader, error::ApiResult, reply::Reply, tls::Tls};

/// Says how the server and the fleet stand.
pub async fn status(_: Reader, State(app): State<App>) -> ApiResult<Reply<GetStatus>> {
    let mut status = app.store.status(app.clock.now()).await?;
    status.tls = app.tls.as_ref().map(Tls::status);
    Ok(Reply(status))
}
