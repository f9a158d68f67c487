//! Bodies: cut, deep, large and packed ones.

use std::io::Write;

use axum::{
    body::Body,
    http::{Method, Request},
};
use flate2::{Compression, write::GzEncoder};
use model::bounds;
use proto_types::ErrorCode::{InvalidRequest, PayloadTooLarge, Unauthorized};
use serde_json::json;

use super::api::{ADMIN, Answer, Api, As, digest, full};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

async fn packed(api: &Api, by: As<'_>, path: &str, encoding: &str, body: Body) -> Answer {
    let request = Request::post(path).header("content-encoding", encoding);
    api.send(by, request.body(body).unwrap()).await
}

/// A body whose length isn't said beforehand.
fn in_pieces(bytes: &[u8]) -> Body {
    let pieces: Vec<_> = bytes.chunks(1 << 16).map(<[u8]>::to_vec).collect();
    Body::from_stream(futures_util::stream::iter(
        pieces.into_iter().map(Ok::<_, std::io::Error>),
    ))
}

#[tokio::test]
async fn a_body_that_is_cut_at_any_byte_changes_nothing() {
    let api = Api::new();
    let host = api.host("web").await;
    let by = As::Token(&host);
    let whole = serde_json::to_vec(&full("web", &[("a", 1), ("b", 2)])).unwrap();
    for end in 0..whole.len() {
        let cut = whole[..end].to_vec();
        let answer = api
            .call(by, Method::POST, "/api/v1/reports/full", cut)
            .await;
        answer.refused(InvalidRequest);
    }
    let host = api.get(ADMIN, "/api/v1/hosts/web").await.ok();
    assert_eq!((&host["seq"], &host["containers"]), (&json!(0), &json!(0)));
    assert_eq!(host["last_report_at"], json!(null));
    assert_eq!(api.get(ADMIN, "/api/v1/images").await.ok()["total"], 0);
    api.call(by, Method::POST, "/api/v1/reports/full", whole)
        .await
        .ok();
}

/// A request with something of ten thousand levels in a field.
fn deep(field: &str, open: &str, close: &str) -> Vec<u8> {
    let deep = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
    format!("{{\"{field}\":{deep}}}").into_bytes()
}

#[tokio::test]
async fn ten_thousand_levels_of_json_are_refused_where_they_are_read() {
    let api = Api::new();
    for (open, close) in [("[", "]"), ("{\"x\":", "}")] {
        for field in ["match", "cursor", "at", "unknown"] {
            let body = deep(field, open, close);
            let answer = api.call(ADMIN, Method::POST, "/api/v1/find", body).await;
            let message = answer.refused(InvalidRequest);
            assert!(message.len() < 300, "{message}");
        }
    }
}

#[tokio::test]
async fn a_body_over_its_bound_is_too_large_whether_or_not_it_says_so() {
    let api = Api::new();
    let host = api.host("web").await;
    let large = format!("{{\"name\":\"{}\"}}", "x".repeat(2 << 20)).into_bytes();
    for body in [Body::from(large.clone()), in_pieces(&large)] {
        let request = Request::post("/api/v1/hosts").body(body).unwrap();
        api.send(ADMIN, request).await.refused(PayloadTooLarge);
    }
    let larger = vec![b' '; (8 << 20) + 1];
    let request = Request::post("/api/v1/reports/full")
        .body(in_pieces(&larger))
        .unwrap();
    let answer = api.send(As::Token(&host), request).await;
    answer.refused(PayloadTooLarge);
    assert!(answer.hint().contains("API.md"));
}

#[tokio::test]
async fn a_list_without_an_end_is_refused_before_all_of_it_is_kept() {
    let api = Api::new();
    let host = api.host("web").await;
    let artifact = r#"{"type":"","name":"","version":""}"#;
    let digest = digest(1);
    let listed = vec![artifact; bounds::LISTED + 1].join(",");
    let body = format!(r#"{{"image":{{"digest":{digest:?},"artifacts":[{listed}]}}}}"#);
    for body in [body.clone().into_bytes(), gzip(body.as_bytes())] {
        let encoding = match body.first() {
            Some(b'{') => "identity",
            _ => "gzip",
        };
        let body = Body::from(body);
        let path = "/api/v1/reports/scan";
        let answer = packed(&api, As::Token(&host), path, encoding, body).await;
        let message = answer.refused(InvalidRequest);
        assert!(message.contains("more than 250000 elements"), "{message}");
    }
}

#[tokio::test]
async fn a_large_packed_body_says_where_it_is_wrong_and_is_taken_where_it_is_not() {
    let api = Api::new();
    let host = api.host("web").await;
    for (last, outcome) in [(r#""b""#, Ok(())), ("7", Err("containers[20000].name"))] {
        let container = |name: &str| {
            let digest = digest(1);
            format!(r#"{{"name":{name},"image_name":"i","image_digest":{digest:?}}}"#)
        };
        let many = vec![container(r#""a""#); 20_000].join(",");
        let last = container(last);
        let body = format!(r#"{{"host":"web","containers":[{many},{last}]}}"#);
        assert!(body.len() > 1 << 20);
        let body = Body::from(gzip(body.as_bytes()));
        let path = "/api/v1/reports/full";
        let answer = packed(&api, As::Token(&host), path, "gzip", body).await;
        match outcome {
            Ok(()) => assert_eq!(answer.ok()["left_out"]["count"], 19_999),
            Err(place) => {
                let message = answer.refused(InvalidRequest);
                assert!(message.contains(place), "{message}");
            }
        }
    }
}

#[tokio::test]
async fn anyone_may_send_little() {
    let api = Api::new();
    let mut body = json!({"code": "code_x"});
    let path = "/api/v1/enroll";
    api.post(As::Nobody, path, body.clone())
        .await
        .refused(Unauthorized);
    body["more"] = json!("x".repeat(16 << 10));
    api.post(As::Nobody, path, body)
        .await
        .refused(PayloadTooLarge);
}

#[tokio::test]
async fn a_packed_body_is_unpacked() {
    let api = Api::new();
    let host = api.host("web").await;
    let body = serde_json::to_vec(&full("web", &[("a", 1)])).unwrap();
    let path = "/api/v1/reports/full";
    packed(&api, As::Token(&host), path, "gzip", gzip(&body).into())
        .await
        .ok();
    assert_eq!(api.get(ADMIN, "/api/v1/containers").await.ok()["total"], 1);
}

#[tokio::test]
async fn a_packed_body_that_unpacks_to_more_than_its_bound_is_too_large() {
    let api = Api::new();
    let bomb = gzip(&vec![b' '; 200 << 20]);
    assert!(bomb.len() < 1 << 20, "it is small on the wire");
    for body in [Body::from(bomb.clone()), in_pieces(&bomb)] {
        let answer = packed(&api, ADMIN, "/api/v1/hosts", "gzip", body).await;
        answer.refused(PayloadTooLarge);
    }
}

#[tokio::test]
async fn a_packed_body_that_is_over_its_bound_as_it_comes_is_too_large() {
    let api = Api::new();
    // What can't be packed stays as large as it is.
    let mut state = 1_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
    .take(3 << 20)
    .collect();
    for body in [Body::from(gzip(&noise)), in_pieces(&gzip(&noise))] {
        let answer = packed(&api, ADMIN, "/api/v1/hosts", "gzip", body).await;
        answer.refused(PayloadTooLarge);
    }
}

#[tokio::test]
async fn a_packed_body_that_is_broken_is_refused() {
    let api = Api::new();
    let good = gzip(br#"{"match":[]}"#);
    let path = "/api/v1/find";
    for broken in [&good[..good.len() / 2], b"not gzip", b""] {
        let answer = packed(&api, ADMIN, path, "gzip", broken.to_vec().into()).await;
        answer.refused(InvalidRequest);
    }
    packed(&api, ADMIN, path, "gzip", good.into()).await.ok();
}

#[tokio::test]
async fn a_packing_that_is_not_known_is_refused() {
    let api = Api::new();
    let body = Body::from(r#"{"match":[]}"#);
    let answer = packed(&api, ADMIN, "/api/v1/find", "compress", body).await;
    answer.refused(InvalidRequest);
    assert_eq!(answer.hint(), "use `gzip`, or none");
}
