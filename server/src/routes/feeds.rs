//! `/api/v1/advisories/feeds…`: what was imported, by the sources that it is from.

use axum::extract::State;
use model::accept;
use proto_types::{Done, DropFeed, FeedsResponse, ImportFeed, ListFeeds, ListGaps};

use crate::{
    app::App,
    audit::Action,
    auth::{Admin, Reader},
    error::ApiResult,
    extract::{Segment, Upload},
    reply::Reply,
};

/// Imports a feed while its advisories come.
pub async fn import(
    Admin(actor): Admin,
    State(app): State<App>,
    Segment(source): Segment<String>,
    upload: Upload,
) -> ApiResult<Reply<ImportFeed>> {
    accept::source(&source)?;
    let (subject, now) = (source.clone(), app.clock.now());
    let import = async move {
        app.store
            .import_feed(source, upload.into_reader(), now)
            .await
    };
    let imported = actor.does(Action::ImportFeed, subject, import).await?;
    Ok(Reply(imported))
}

/// Lists the feeds.
pub async fn list(_: Reader, State(app): State<App>) -> ApiResult<Reply<ListFeeds>> {
    let feeds = app.store.feeds().await?;
    let as_of = app.clock.now();
    Ok(Reply(FeedsResponse { feeds, as_of }))
}

/// Lists what runs of which no feed lists everything.
pub async fn gaps(_: Reader, State(app): State<App>) -> ApiResult<Reply<ListGaps>> {
    Ok(Reply(app.store.gaps(app.clock.now()).await?))
}

/// Drops one.
pub async fn remove(
    Admin(actor): Admin,
    State(app): State<App>,
    Segment(source): Segment<String>,
) -> ApiResult<Reply<DropFeed>> {
    let subject = source.clone();
    let remove = async move { app.store.drop_feed(source).await };
    actor.does(Action::DropFeed, subject, remove).await?;
    Ok(Reply(Done {}))
}
