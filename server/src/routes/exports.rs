//! `/api/v1/images/{digest}/sbom` and `/api/v1/hosts/{name}/sbom`: standard documents.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use model::side::Side;
use proto_types::{ErrorCode, ImageDigest, SbomFormat, Timestamp};
use serde::Deserialize;

use crate::{
    app::App,
    auth::Reader,
    error::{ApiError, ApiResult},
    export::{self, Subject},
    extract::{Query, Segment},
    store::query::Document,
};

/// What the query string says.
#[derive(Deserialize)]
pub struct Wanted {
    format: SbomFormat,
    at: Option<Timestamp>,
}

/// An image's SBOM. An image that has none yet has nothing to export.
pub async fn of_image(
    _: Reader,
    State(app): State<App>,
    Segment(digest): Segment<ImageDigest>,
    Query(wanted): Query<Wanted>,
) -> ApiResult<Response> {
    let now = app.clock.now();
    let holdings = app.store.holdings(Side::Image(digest), now).await?;
    if holdings
        .images
        .iter()
        .all(|image| image.scanned_at.is_none())
    {
        return Err(ApiError::new(
            ErrorCode::NotFound,
            format!("image {digest} has no SBOM yet"),
        )
        .hint("`assetctl status` shows what waits for a scan"));
    }
    document(&Subject::image(digest, &holdings), wanted.format, now)
}

/// What a host runs, now or at a moment.
pub async fn of_host(
    _: Reader,
    State(app): State<App>,
    Segment(name): Segment<String>,
    Query(wanted): Query<Wanted>,
) -> ApiResult<Response> {
    let now = app.clock.now();
    let side = Side::Host {
        name: name.clone(),
        at: wanted.at,
    };
    let holdings = app.store.holdings(side, now).await?;
    let subject = Subject::host(name, wanted.at.unwrap_or(now), &holdings);
    document(&subject, wanted.format, now)
}

fn document(subject: &Subject<'_>, format: SbomFormat, now: Timestamp) -> ApiResult<Response> {
    let document = export::document(subject, format, now).map_err(|error| {
        tracing::error!(%error, "an SBOM could not be written");
        ApiError::new(ErrorCode::Internal, "the SBOM could not be written")
    })?;
    Ok(Document(document).into_response())
}
