//! Every operation of the OpenAPI document, with a request for it that can be carried out.

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::{
    api::{Api, As, digest, full},
    openapi::document,
};

/// An operation, and a request for it that is about the host `web` and an image that it leases.
pub struct Operation {
    pub method: Method,
    pub path: String,
    pub body: Vec<u8>,
    /// Whose token it takes; a certificate stands for any.
    pub schemes: Vec<String>,
}

/// A value of a shape: all that must be there, and nothing else.
fn value(document: &Value, name: &str, shape: &Value) -> Value {
    if let Some(reference) = shape["$ref"].as_str() {
        if reference.ends_with("/ImageDigest") {
            return json!(digest(1));
        }
        let target = document.pointer(&reference[1..]).unwrap();
        return value(document, name, target);
    }
    if let Some(parts) = shape["allOf"].as_array() {
        let parts = parts.iter().map(|part| value(document, name, part));
        let fields: Map<_, _> = parts
            .flat_map(|part| part.as_object().unwrap().clone())
            .collect();
        return Value::Object(fields);
    }
    if let Some(first) = shape["enum"].get(0) {
        return first.clone();
    }
    match shape["type"]
        .as_str()
        .unwrap_or_else(|| panic!("{name}: {shape}"))
    {
        "object" => {
            let required = shape["required"].as_array().cloned().unwrap_or_default();
            let fields = required.iter().map(|field| {
                let field = field.as_str().unwrap();
                let shape = &shape["properties"][field];
                (field.to_owned(), value(document, field, shape))
            });
            Value::Object(fields.collect())
        }
        "array" => json!([]),
        "boolean" => json!(true),
        "integer" => json!(1),
        "string" if name == "host" || name == "name" => json!("web"),
        "string" => json!("x"),
        other => panic!("{name}: {other}"),
    }
}

fn operation(document: &Value, path: &str, method: &str, said: &Value) -> Operation {
    let mut path = path.to_owned();
    for parameter in said["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap();
        let filled = value(document, name, &parameter["schema"]);
        let filled = filled
            .as_str()
            .map_or_else(|| filled.to_string(), str::to_owned);
        match parameter["in"].as_str().unwrap() {
            "path" => path = path.replace(&format!("{{{name}}}"), &filled),
            _ if parameter["required"] == true => {
                let before = if path.contains('?') { '&' } else { '?' };
                path = format!("{path}{before}{name}={filled}");
            }
            _ => {}
        }
    }
    let shape = &said["requestBody"]["content"]["application/json"]["schema"];
    let body = match shape {
        Value::Null => Vec::new(),
        shape => serde_json::to_vec(&value(document, "", shape)).unwrap(),
    };
    let schemes = said["security"].as_array().expect("each says whose it is");
    let mut schemes: Vec<_> = schemes
        .iter()
        .flat_map(|one| one.as_object().unwrap().keys().cloned())
        .collect();
    let by_token = schemes.len();
    schemes.retain(|scheme| scheme != "certificate");
    assert!(
        schemes.is_empty() || schemes.len() < by_token,
        "{path}: a certificate stands for any token"
    );
    Operation {
        method: method.to_uppercase().parse().unwrap(),
        path,
        body,
        schemes,
    }
}

/// Every operation of the document.
pub async fn operations(api: &Api) -> Vec<Operation> {
    let document = document(api).await;
    let paths = document["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap();
        methods
            .iter()
            .map(|(method, said)| operation(&document, path, method, said))
    });
    all.collect()
}

/// A server on which `web` runs an image, and holds the lease on it; the token of `web`.
pub async fn with_a_lease(api: &Api) -> String {
    let web = api.host("web").await;
    let report = full("web", &[("a", 1)]);
    let answer = api
        .post(As::Token(&web), "/api/v1/reports/full", report)
        .await;
    assert_eq!(answer.ok()["scan_images"][0], digest(1));
    web
}
