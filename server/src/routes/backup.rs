//! `/api/v1/backup`: a copy of everything, to be kept elsewhere.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use proto_types::{BackupTaken, TakeBackup};
use tokio::{fs::File, io::AsyncReadExt};

use crate::{
    app::App,
    audit::Action,
    auth::Admin,
    error::ApiResult,
    extract::{asks_for_stream, stream_type},
    reply::Reply,
    store::Backup,
};

/// Bytes of the copy that are sent at a time.
const PIECE: usize = 256 << 10;

/// Takes a copy, and sends it to those who accept it.
pub async fn take(
    Admin(actor): Admin,
    State(app): State<App>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let take = async move { app.store.backup().await };
    let backup = actor.does(Action::Backup, "database", take).await?;
    if !asks_for_stream::<TakeBackup>(&headers) {
        let taken = BackupTaken {
            as_of: backup.as_of,
            bytes: backup.bytes,
        };
        return Ok(Reply::<TakeBackup>(taken).into_response());
    }
    let headers = [
        (header::CONTENT_TYPE, stream_type::<TakeBackup>().to_owned()),
        (header::CONTENT_LENGTH, backup.bytes.to_string()),
    ];
    Ok((headers, body(backup)).into_response())
}

/// The copy, which is gone once its last piece was sent, or whoever wanted it is.
fn body(Backup { file, turn, .. }: Backup) -> Body {
    let state = (File::from_std(file), turn);
    Body::from_stream(stream::try_unfold(state, async |(mut file, turn)| {
        let mut piece = Vec::with_capacity(PIECE);
        let mut next = (&mut file).take(PIECE as u64);
        let read = next.read_to_end(&mut piece).await?;
        std::io::Result::Ok((read > 0).then_some((piece, (file, turn))))
    }))
}
