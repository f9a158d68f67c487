//! Every operation of the OpenAPI document by every wrong credential: a new route is in it by
//! itself.

use axum::http::{Method, StatusCode};
use serde_json::{Map, Value, json};

use super::{
    api::{ADMIN, Api, As, digest, full},
    openapi::document,
};

/// An operation, and a request for it that is about the host `web` and an image that it leases.
struct Operation {
    method: Method,
    path: String,
    body: Vec<u8>,
    schemes: Vec<String>,
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
    let schemes = schemes
        .iter()
        .flat_map(|one| one.as_object().unwrap().keys().cloned());
    Operation {
        method: method.to_uppercase().parse().unwrap(),
        path,
        body,
        schemes: schemes.collect(),
    }
}

/// Every operation of the document.
async fn operations(api: &Api) -> Vec<Operation> {
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

/// Tokens that were good once, or never.
async fn no_longer_good(api: &Api) -> Vec<(&'static str, String)> {
    let mut tokens = vec![
        ("junk", "x".to_owned()),
        ("junk of the right form", format!("amt_{}", "0".repeat(64))),
        ("a host's name", "web".to_owned()),
        ("nothing", String::new()),
    ];
    for role in ["reader", "admin"] {
        let expiring =
            json!({"name": format!("old {role}"), "role": role, "expires_in_seconds": 60});
        let made = api.post(ADMIN, "/api/v1/tokens", expiring).await.ok();
        tokens.push(("expired", made["token"].as_str().unwrap().to_owned()));
        let gone = format!("gone-{role}");
        tokens.push(("revoked", api.token(&gone, role).await));
        api.delete(ADMIN, &format!("/api/v1/tokens/{gone}"))
            .await
            .ok();
    }
    tokens.push(("a removed host's", api.host("removed").await));
    api.delete(ADMIN, "/api/v1/hosts/removed").await.ok();
    tokens.push(("a reset host's", api.host("reset").await));
    let reset = api
        .post(ADMIN, "/api/v1/hosts/reset/reset", Value::Null)
        .await;
    reset.ok();
    api.pass(60);
    tokens
}

/// A server on which `web` runs an image, and holds the lease on it; the token of `web`.
async fn with_a_lease(api: &Api) -> String {
    let web = api.host("web").await;
    let report = full("web", &[("a", 1)]);
    let answer = api
        .post(As::Token(&web), "/api/v1/reports/full", report)
        .await;
    assert_eq!(answer.ok()["scan_images"][0], digest(1));
    web
}

#[tokio::test]
async fn every_operation_refuses_every_wrong_credential() {
    let api = Api::new();
    let web = with_a_lease(&api).await;
    let other = api.host("db").await;
    let reader = api.token("reader", "reader").await;
    let admin = api.token("admin", "admin").await;
    let wrong = no_longer_good(&api).await;
    let by_scheme = [("host", &web), ("reader", &reader), ("admin", &admin)];
    let mut tried = 0;
    for one in operations(&api).await {
        let name = format!("{} {}", one.method, one.path);
        if one.schemes.is_empty() {
            continue;
        }
        let unread = [one.body.as_slice(), b"", b"{", b"[]"];
        for body in unread {
            let ask = |by| api.call(by, one.method.clone(), &one.path, body.to_vec());
            assert_eq!(
                ask(As::Nobody).await.status,
                StatusCode::UNAUTHORIZED,
                "{name}"
            );
            for (kind, token) in &wrong {
                let status = ask(As::Token(token)).await.status;
                assert_eq!(status, StatusCode::UNAUTHORIZED, "{name} with {kind}");
            }
            for (scheme, token) in by_scheme {
                if !one.schemes.iter().any(|good| good == scheme) {
                    let status = ask(As::Token(token)).await.status;
                    assert_eq!(status, StatusCode::FORBIDDEN, "{name} by a {scheme}");
                }
            }
            tried += 1 + wrong.len() + by_scheme.len() - one.schemes.len();
        }
        if one.schemes == ["host"] {
            let answer = api.call(As::Token(&other), one.method.clone(), &one.path, one.body);
            let status = answer.await.status;
            assert_eq!(status, StatusCode::FORBIDDEN, "{name} by another host");
            tried += 1;
        }
    }
    println!("{tried} requests with a wrong credential, all refused");
    assert!(tried > 1_000);
}

#[tokio::test]
async fn every_operation_is_open_to_those_it_is_for() {
    for index in 0..operations(&Api::new()).await.len() {
        // What one operation removes, the next one would miss.
        let api = Api::new();
        let web = with_a_lease(&api).await;
        let reader = api.token("reader", "reader").await;
        let admin = api.token("admin", "admin").await;
        let one = operations(&api).await.swap_remove(index);
        let mut good = vec![];
        for scheme in &one.schemes {
            good.push(match scheme.as_str() {
                "host" => As::Token(&web),
                "reader" => As::Token(&reader),
                "admin" => As::Token(&admin),
                other => panic!("no token is known for {other}"),
            });
        }
        for by in good {
            let answer = api.call(by, one.method.clone(), &one.path, one.body.clone());
            let status = answer.await.status.as_u16();
            assert!(
                !matches!(status, 401 | 403),
                "{} {}: {status}",
                one.method,
                one.path
            );
        }
    }
}
