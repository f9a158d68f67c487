//! Tokens of readers and admins.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Done, Endpoint, ErrorCode, Method, endpoint::fill, words::words};

words! {
    /// What a token is good for.
    Role {
        /// Reading everything.
        Reader = "reader",
        /// Reading everything, and hosts and tokens besides.
        Admin = "admin",
    }
}

/// Makes a token.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CreateToken {
    /// Its name, unique among the tokens.
    pub name: String,
    /// What it allows: `reader` or `admin`.
    pub role: Role,
    /// How long it works, in seconds; missing means until it is revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in_seconds: Option<u64>,
    /// The certificate, in PEM, whose key is to prove it, in a secret's place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
}

/// A new token.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CreateTokenResponse {
    /// Its name.
    pub name: String,
    /// What it allows: `reader` or `admin`.
    pub role: Role,
    /// The token, shown this once; empty where a certificate proves it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub token: String,
    /// When it expires; empty if it is valid until revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub expires_at: Option<Timestamp>,
}

/// Lists the tokens, but not their secrets.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
pub struct ListTokens {}

/// The answer to [`ListTokens`], ordered by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TokensResponse {
    /// The tokens.
    pub tokens: Vec<TokenSummary>,
}

/// One token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TokenSummary {
    /// Its name.
    pub name: String,
    /// What it allows: `reader` or `admin`.
    pub role: Role,
    /// When it was made.
    #[serde(serialize_with = "crate::moment::write")]
    pub created_at: Timestamp,
    /// When it expires; empty if it is valid until revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub expires_at: Option<Timestamp>,
}

/// Revokes a token.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RevokeToken {
    /// Its name.
    #[serde(skip)]
    pub name: String,
}

impl Endpoint for CreateToken {
    type Response = CreateTokenResponse;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/tokens";
    const STATUS: u16 = 201;
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::StorageFull];
}

impl Endpoint for ListTokens {
    type Response = TokensResponse;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/tokens";
}

impl Endpoint for RevokeToken {
    type Response = Done;
    const METHOD: Method = Method::Delete;
    const ROUTE: &'static str = "/api/v1/tokens/{name}";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound, ErrorCode::StorageFull];
    fn path(&self) -> String {
        fill(Self::ROUTE, &self.name)
    }
}
