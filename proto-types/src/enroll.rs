//! Enrolment: a code, once, for a host's token.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Endpoint, ErrorCode, Method};

/// Trades a code for the token of the host that it was made for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Enroll {
    /// The code that `host add` or `host reset` showed.
    pub code: String,
}

/// The host that this machine is from now on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EnrollResponse {
    /// The host's name.
    pub host: String,
    /// Its token, shown this once.
    pub token: String,
}

impl Endpoint for Enroll {
    type Response = EnrollResponse;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/enroll";
    const STATUS: u16 = 201;
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::Unauthorized, ErrorCode::StorageFull];
}
