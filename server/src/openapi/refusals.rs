//! What a request may be refused with: each status with its codes.

use std::collections::BTreeMap;

use proto_types::{ErrorBody, ErrorCode};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::schemas::reference;
use crate::auth::Who;

/// What any request may be refused with.
const ANY: [ErrorCode; 5] = [
    ErrorCode::InvalidRequest,
    ErrorCode::PayloadTooLarge,
    ErrorCode::RateLimited,
    ErrorCode::Internal,
    ErrorCode::Unavailable,
];

/// The refusals of all routes, each once, by the codes that they carry.
#[derive(Default)]
pub struct Refusals(BTreeMap<String, Value>);

impl Refusals {
    /// The answers to what is refused, by status, of a route that may refuse with these besides.
    pub fn of_route(&mut self, who: Who, more: &[ErrorCode]) -> Map<String, Value> {
        let guarded: &[ErrorCode] = match who {
            Who::Anyone => &[],
            _ => &[ErrorCode::Unauthorized, ErrorCode::Forbidden],
        };
        let mut by_status = BTreeMap::<u16, Vec<String>>::new();
        for code in ANY.iter().chain(guarded).chain(more) {
            let word = json!(code).as_str().unwrap_or_default().to_owned();
            by_status.entry(code.status()).or_default().push(word);
        }
        let mut answers = Map::new();
        for (status, codes) in by_status {
            let name = codes.join("-");
            let reference = format!("#/components/responses/{name}");
            self.0
                .entry(name)
                .or_insert_with(|| response(status, &codes));
            answers.insert(status.to_string(), json!({"$ref": reference}));
        }
        answers
    }

    /// All of them.
    pub const fn all(&self) -> &BTreeMap<String, Value> {
        &self.0
    }
}

fn response(status: u16, codes: &[String]) -> Value {
    let named: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
    let body = reference(&ErrorBody::name());
    let code = json!({"properties": {"error": {"properties": {"code": {"enum": codes}}}}});
    let mut response = json!({
        "description": named.join(", "),
        "content": {"application/json": {"schema": {"allOf": [body, code]}}},
    });
    let header = match status {
        401 => json!({"WWW-Authenticate": {"schema": {"type": "string"}}}),
        429 => json!({"Retry-After": {
            "description": "After how many seconds to come again.",
            "schema": {"type": "integer", "minimum": 0},
        }}),
        _ => return response,
    };
    response["headers"] = header;
    response
}
