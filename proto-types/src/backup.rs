//! A backup: a copy of everything that the server keeps.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Endpoint, ErrorCode, Method, Stream};

/// Takes a copy of everything, as of the last commit, and checks it, while the server works. Asked
/// for `application/vnd.sqlite3`, it answers with the copy; else it says what the copy was of.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
pub struct TakeBackup {}

/// What a copy was of that was taken, checked and let go of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BackupTaken {
    /// The time of the last commit in it; missing where nothing was ever written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
    /// Its size in bytes.
    pub bytes: u64,
}

impl Endpoint for TakeBackup {
    type Response = BackupTaken;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/backup";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::StorageFull];
    const STREAM: Option<Stream> = Some(Stream {
        media_type: "application/vnd.sqlite3",
        about: "The copy: a file that a server starts from. It holds all that the server's own file \
                holds, tokens by their hashes only.",
    });
}
