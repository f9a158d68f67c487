//! The OpenAPI document: it is served, it is the one in docs/, and it is whole.

use serde_json::Value;

use super::api::{Api, As};

const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");

/// The document as the server serves it.
pub async fn document(api: &Api) -> Value {
    let answer = api.get(As::Nobody, "/api/v1/openapi.json").await;
    assert_eq!(answer.headers["content-type"], "application/json");
    answer.ok()
}

#[tokio::test]
async fn the_document_in_docs_is_the_one_that_is_served() {
    let api = Api::new();
    let answer = api.get(As::Nobody, "/api/v1/openapi.json").await;
    let served = std::str::from_utf8(&answer.body).unwrap();
    if std::env::var_os("OPENAPI_UPDATE").is_some() {
        std::fs::write(KEPT, served).unwrap();
    }
    let kept = std::fs::read_to_string(KEPT).unwrap_or_default();
    assert!(
        kept == served,
        "docs/openapi.json is another one: `make openapi` writes it anew"
    );
}

/// Every text under a name, anywhere in the document.
fn texts<'v>(value: &'v Value, name: &str, into: &mut Vec<&'v str>) {
    match value {
        Value::Object(fields) => {
            into.extend(fields.get(name).and_then(Value::as_str));
            fields.values().for_each(|field| texts(field, name, into));
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, name, into)),
        _ => {}
    }
}

#[tokio::test]
async fn all_that_the_document_refers_to_is_in_it() {
    let document = document(&Api::new()).await;
    let mut references = Vec::new();
    texts(&document, "$ref", &mut references);
    assert!(references.len() > 50);
    for reference in references {
        let pointer = reference.trim_start_matches('#');
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[tokio::test]
async fn every_operation_has_a_name_of_its_own_and_says_what_it_does() {
    let document = document(&Api::new()).await;
    let mut names = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            let summary = operation["summary"].as_str().unwrap();
            assert!(
                !summary.is_empty() && !summary.contains('\n'),
                "{method} {path}"
            );
            names.push(name);
        }
    }
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all, "{names:?}");
}
