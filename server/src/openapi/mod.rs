//! The OpenAPI document: what each route takes and answers, made from the types of the wire, so
//! that nothing is said twice.

mod bounds;
mod operation;
mod parts;
mod refusals;
mod schemas;

use std::collections::BTreeMap;

use proto_types::{Endpoint, ErrorBody, Method};
use serde_json::{Map, Value, json};

use self::parts::Parts;
use crate::auth::Who;

/// What stands before the routes.
const ABOUT: &str = "What runs where in a fleet of containers. docs/API.md says what the words \
                     mean. Unknown fields of a request are ignored. What is over a bound in a \
                     report is left out of it, and the answer says so; in anything else it is \
                     refused. Every answer carries the request's ID as `X-Request-Id`, the client's \
                     own where that is plain, and the server's version as `X-Assetmon-Version`. Over the server's local socket an admin needs no token.";

/// The document as far as it is written: a path, then its methods.
#[derive(Default)]
pub struct Document {
    paths: BTreeMap<String, Map<String, Value>>,
    parts: Parts,
}

impl Document {
    /// Adds the route of an endpoint, whose body has at most so many bytes.
    pub fn endpoint<E: Endpoint>(&mut self, who: Who, body: usize) {
        let method = match E::METHOD {
            Method::Get => "get",
            Method::Post => "post",
            Method::Delete => "delete",
        };
        let operation = operation::of_endpoint::<E>(who, body, &mut self.parts);
        self.add(E::ROUTE, method, operation);
    }

    /// Adds a route that is no endpoint: it is read, and answers with this media type.
    pub fn plain(&mut self, path: &str, media_type: &str, about: &str, who: Who) {
        self.parts.schemas.add::<ErrorBody>();
        let operation = operation::plain(path, media_type, about, who, &mut self.parts);
        self.add(path, "get", operation);
    }

    fn add(&mut self, path: &str, method: &str, operation: Value) {
        let methods = self.paths.entry(path.to_owned()).or_default();
        methods.insert(method.to_owned(), operation);
    }

    /// The document as it is served and kept in docs/: JSON on lines of their own.
    pub fn text(&self) -> String {
        let (schemas, missing) = self.parts.schemas.bounded();
        debug_assert!(missing.is_empty(), "bounded, but not there: {missing:?}");
        let document = json!({
            "openapi": "3.1.0",
            "info": {
                "title": "assetmon",
                "version": env!("CARGO_PKG_VERSION"),
                "description": ABOUT,
                "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
            },
            "servers": [{"url": "/"}],
            "tags": operation::tags(),
            "paths": self.paths,
            "components": {
                "schemas": schemas,
                "responses": self.parts.refusals.all(),
                "securitySchemes": operation::security_schemes(),
            },
        });
        format!("{document:#}\n")
    }
}
