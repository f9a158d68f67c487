//! Answers of any size, as a stream of lines: a piece at a time, each as its reader gets to it.

use axum::{
    body::{Body as Stream, Bytes},
    http::header,
    response::{IntoResponse, Response},
};
use futures_util::stream;
use proto_types::{Endpoint, ErrorBody};

use crate::{
    app::App,
    error::{ApiError, ApiResult},
    extract::stream_type,
    store::{
        Result,
        query::{Lines, Rest},
    },
    streaming::Streaming,
};

/// A question whose rows are read in pieces.
pub trait InPieces: Clone + Send + Sync + 'static {
    /// The first piece, or the one that goes on with the rest.
    fn piece(self, app: &App, rest: Option<Rest>) -> impl Future<Output = Result<Lines>> + Send;
}

/// What a stream goes on with.
enum Next {
    /// A piece that is read.
    Ready(Lines),
    /// What is to be read.
    Rest(Rest),
}

/// Streams every row. No state of the database is held between two pieces, so that a reader who is
/// slow keeps nothing from being tidied up.
pub async fn stream_all<E: Endpoint>(
    streaming: Streaming,
    query: impl InPieces,
) -> ApiResult<Response> {
    // The first piece is read before the status is sent, so that a refusal is one.
    let first = query.clone().piece(&streaming.app, None).await?;
    let first = Next::Ready(first);
    let pieces = stream::unfold(Some((streaming, query, first)), |state| async {
        let (streaming, query, next) = state?;
        let piece = match next {
            Next::Ready(piece) => Ok(piece),
            Next::Rest(rest) => more(&streaming, query.clone(), rest).await,
        };
        Some(match piece {
            Ok(Lines { text, rest }) => {
                let next = rest.map(|rest| (streaming, query, Next::Rest(rest)));
                (Ok(Bytes::from(text)), next)
            }
            Err(error) => (last_words(error), None),
        })
    });
    let body = Stream::from_stream(pieces);
    let media_type = stream_type::<E>();
    Ok(([(header::CONTENT_TYPE, media_type)], body).into_response())
}

/// The next piece, while whoever reads may still do so.
async fn more(streaming: &Streaming, query: impl InPieces, rest: Rest) -> ApiResult<Lines> {
    let _seat = streaming.next().await?;
    Ok(query.piece(&streaming.app, Some(rest)).await?)
}

/// An error in the middle of a stream is its last line: no cut is silent.
fn last_words(error: ApiError) -> serde_json::Result<Bytes> {
    let error = error.0;
    let mut line = serde_json::to_vec(&ErrorBody { error })?;
    line.push(b'\n');
    Ok(line.into())
}
