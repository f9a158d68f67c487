//! Enrollment: a code, once, for a host's token.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Endpoint, ErrorCode, Method};

/// Trades a code for the token of the host that it was made for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Enroll {
    /// The code that `host add` or `host reset` showed.
    pub code: String,
    /// Whether the certificate that the client shows is to prove the host, in a token's place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub certificate: bool,
}

impl Enroll {
    /// With a token as the proof of the host.
    #[must_use]
    pub const fn by(code: String) -> Self {
        Self {
            code,
            certificate: false,
        }
    }
}

/// The host that this machine is from now on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EnrollResponse {
    /// The host's name.
    pub host: String,
    /// Its token, shown this once; empty where a certificate proves it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub token: String,
}

impl Endpoint for Enroll {
    type Response = EnrollResponse;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/enroll";
    const STATUS: u16 = 201;
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::Unauthorized, ErrorCode::StorageFull];
}
