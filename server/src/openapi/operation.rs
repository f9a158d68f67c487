//! One operation of the document: its parameters, its body and its answers.

use proto_types::{Endpoint, Method, Upload};
use serde_json::{Value, json};

use super::{
    parts::Parts,
    schemas::{Schemas, reference},
};
use crate::auth::Who;

/// An endpoint's.
pub fn of_endpoint<E: Endpoint>(who: Who, body: usize, parts: &mut Parts) -> Value {
    let request = Schemas::of::<E>();
    let about = request["description"].as_str().unwrap_or_default();
    let fields = request["properties"].as_object();
    let mut parameters = in_path(E::ROUTE);
    let mut operation = operation(&E::name(), about, who);
    match (E::METHOD, fields) {
        (Method::Get, Some(_)) => parameters.extend(in_query(&request)),
        (Method::Post, _) if E::UPLOAD.is_some() => {
            operation["requestBody"] = E::UPLOAD.map(|upload| of_upload(upload, body)).into();
        }
        (Method::Post, Some(fields)) if !fields.is_empty() => {
            operation["requestBody"] = json!({
                "required": true,
                "description": format!("At most {body} bytes, packed and unpacked."),
                "content": {"application/json": {"schema": parts.schemas.add::<E>()}},
            });
        }
        _ => {}
    }
    parts.schemas.add_those_of::<E>();
    if !parameters.is_empty() {
        operation["parameters"] = Value::Array(parameters);
    }
    let mut responses = parts.refusals.of_route(who, E::REFUSALS);
    let mut content = json!({"application/json": {"schema": parts.schemas.add::<E::Response>()}});
    if let Some(stream) = E::STREAM {
        content[stream.media_type] =
            json!({"schema": {"type": "string", "description": stream.about}});
    }
    let success = json!({"description": "It is done, or answered.", "content": content});
    responses.insert(E::STATUS.to_string(), success);
    operation["responses"] = Value::Object(responses);
    operation
}

/// One that is read, and answers with this media type.
pub fn plain(path: &str, media_type: &str, about: &str, who: Who, parts: &mut Parts) -> Value {
    let id = path.rsplit('/').next().unwrap_or(path);
    let id = id.split('.').next().unwrap_or(id);
    let mut responses = parts.refusals.of_route(who, &[]);
    let shape = match media_type {
        "application/json" => json!({"type": "object"}),
        _ => json!({"type": "string"}),
    };
    let content = json!({media_type: {"schema": shape}});
    let success = json!({"description": about, "content": content});
    responses.insert("200".to_owned(), success);
    let mut operation = operation(id, about, who);
    operation["responses"] = Value::Object(responses);
    operation
}

/// A body that is no JSON document.
fn of_upload(upload: Upload, body: usize) -> Value {
    json!({
        "required": true,
        "description": format!("{} At most {body} bytes, packed and unpacked.", upload.about),
        "content": {upload.media_type: {"schema": {"type": "string"}}},
    })
}

fn operation(name: &str, about: &str, who: Who) -> Value {
    let summary = about.split_once(". ").map_or(about, |(first, _)| first);
    let mut id = name.to_owned();
    if let Some(first) = id.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    json!({
        "operationId": id,
        "summary": summary.trim_end_matches('.'),
        "description": about,
        "tags": [tag(who).0],
        "security": security(who),
    })
}

/// The parameter that stands in a path. It is named after what it is.
fn in_path(route: &str) -> Vec<Value> {
    let name = route
        .split_once('{')
        .and_then(|(_, rest)| rest.split_once('}'))
        .map(|(name, _)| name);
    let shape = |name| match name {
        "digest" => reference("ImageDigest"),
        _ => json!({"type": "string", "minLength": 1}),
    };
    name.map(|name| json!({"name": name, "in": "path", "required": true, "schema": shape(name)}))
        .into_iter()
        .collect()
}

/// A request's fields, where they travel in the query string: what may be missing is never null
/// there.
fn in_query(request: &Value) -> Vec<Value> {
    let required = request["required"].as_array();
    let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|one| one == name));
    let fields = request["properties"].as_object().into_iter().flatten();
    fields
        .map(|(name, field)| {
            let mut shape = present(field.clone());
            let about = shape
                .as_object_mut()
                .and_then(|shape| shape.remove("description"));
            json!({
                "name": name,
                "in": "query",
                "required": is_required(name),
                "description": about,
                "schema": shape,
            })
        })
        .collect()
}

/// A field's shape without the null that stands for its absence.
fn present(mut field: Value) -> Value {
    if let Some(kinds) = field["type"].as_array() {
        let kind = kinds.iter().find(|kind| *kind != "null").cloned();
        field["type"] = kind.unwrap_or_default();
    }
    let about = field["description"].clone();
    let one_of = field["oneOf"].as_array();
    let other = one_of.and_then(|all| all.iter().find(|one| one["type"] != "null"));
    let Some(mut shape) = other.cloned() else {
        return field;
    };
    if !about.is_null() {
        shape["description"] = about;
    }
    shape
}

fn security(who: Who) -> Value {
    match who {
        Who::Anyone => json!([]),
        Who::Host => json!([{"host": []}, {"certificate": []}]),
        Who::Reader => json!([{"reader": []}, {"admin": []}, {"certificate": []}]),
        Who::Admin => json!([{"admin": []}, {"certificate": []}]),
    }
}

const fn tag(who: Who) -> (&'static str, &'static str) {
    match who {
        Who::Anyone => ("anyone", "No token is asked for."),
        Who::Host => ("agents", "For the agent of a host, with the host's token."),
        Who::Reader => ("readers", "For readers, and for admins."),
        Who::Admin => ("admins", "For admins."),
    }
}

/// What each tag means.
pub fn tags() -> Value {
    [Who::Host, Who::Reader, Who::Admin, Who::Anyone]
        .map(tag)
        .map(|(name, about)| json!({"name": name, "description": about}))
        .to_vec()
        .into()
}

/// The tokens that there are, and what may stand in the place of one.
pub fn security_schemes() -> Value {
    let bearer = |about: &str| json!({"type": "http", "scheme": "bearer", "description": about});
    json!({
        "host": bearer("A host's token: it reports for that host, and reads nothing."),
        "reader": bearer("A reader's token."),
        "admin": bearer("An admin's token: it reads, too, and reports nothing."),
        "certificate": {
            "type": "mutualTLS",
            "description": "A client certificate in a token's place, where the server takes any: \
                            its key is bound to one host, reader or admin, and it may do what \
                            that one may.",
        },
    })
}
