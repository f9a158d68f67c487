//! `/api/v1/images…`: what is known of images.

use axum::extract::State;
use proto_types::{
    Done, GetImage, ImageDigest, ListImages, RescanImage, RetryImage, WithdrawImage, Withdrawn,
};

use crate::{
    app::App,
    audit::Action,
    auth::{Admin, Reader},
    error::ApiResult,
    extract::{Query, Segment},
    reply::Reply,
};

/// Lists images.
pub async fn list(
    _: Reader,
    State(app): State<App>,
    Query(request): Query<ListImages>,
) -> ApiResult<Reply<ListImages>> {
    let response = app.store.images(request, app.clock.now()).await?;
    Ok(Reply(response))
}

/// Shows one image.
pub async fn get(
    _: Reader,
    State(app): State<App>,
    Segment(digest): Segment<ImageDigest>,
) -> ApiResult<Reply<GetImage>> {
    let response = app.store.image(digest, app.clock.now()).await?;
    Ok(Reply(response))
}

/// Gives an image whose scans failed to the next host that runs it.
pub async fn retry(
    Admin(actor): Admin,
    State(app): State<App>,
    Segment(digest): Segment<ImageDigest>,
) -> ApiResult<Reply<RetryImage>> {
    let retry = async move { app.store.retry_image(digest).await };
    actor
        .does(Action::RetryImage, digest.to_string(), retry)
        .await?;
    Ok(Reply(Done {}))
}

/// Has an image scanned again.
pub async fn rescan(
    Admin(actor): Admin,
    State(app): State<App>,
    Segment(digest): Segment<ImageDigest>,
) -> ApiResult<Reply<RescanImage>> {
    let rescan = async move { app.store.rescan_image(digest).await };
    actor
        .does(Action::RescanImage, digest.to_string(), rescan)
        .await?;
    Ok(Reply(Done {}))
}

/// Withdraws an image's SBOM.
pub async fn withdraw(
    Admin(actor): Admin,
    State(app): State<App>,
    Segment(digest): Segment<ImageDigest>,
) -> ApiResult<Reply<WithdrawImage>> {
    let by = actor.name();
    let withdraw = async move { app.store.withdraw_image(digest, by).await };
    let withdrawn = actor
        .does(Action::WithdrawImage, digest.to_string(), withdraw)
        .await?;
    Ok(Reply(Withdrawn { withdrawn }))
}
