//! `/api/v1/images…`: what is known of images.

use axum::{Json, extract::State};
use proto_types::{Done, ImageDetail, ImageDigest, ImagesResponse, ListImages};

use crate::{
    App,
    auth::{Admin, Reader},
    error::ApiResult,
    extract::{Query, Segment},
};

/// Lists images.
pub async fn list(
    _: Reader,
    State(app): State<App>,
    Query(request): Query<ListImages>,
) -> ApiResult<Json<ImagesResponse>> {
    let response = app.store.images(request, app.clock.now()).await?;
    Ok(Json(response))
}

/// Shows one image.
pub async fn get(
    _: Reader,
    State(app): State<App>,
    Segment(digest): Segment<ImageDigest>,
) -> ApiResult<Json<ImageDetail>> {
    let response = app.store.image(digest, app.clock.now()).await?;
    Ok(Json(response))
}

/// Gives an image whose scans failed to the next host that runs it.
pub async fn retry(
    _: Admin,
    State(app): State<App>,
    Segment(digest): Segment<ImageDigest>,
) -> ApiResult<Json<Done>> {
    app.store.retry_image(digest).await?;
    Ok(Json(Done {}))
}
