//! The bounds that the server holds requests to, as the document says them: the numbers are those
//! of the rules.
//!
//! A length counts bytes; the document's `maxLength` counts characters, of which there are never
//! more.

use std::collections::BTreeMap;

use model::bounds;
use serde_json::{Value, json};

/// So many characters, from one on; or from none on.
fn named(most: usize) -> Value {
    json!({"minLength": 1, "maxLength": most})
}

fn text(most: usize) -> Value {
    json!({"maxLength": most})
}

fn list(most: usize) -> Value {
    json!({"maxItems": most})
}

/// Each bounded property: its shape, its name, and what is said of it.
fn all() -> Vec<(&'static str, &'static str, Value)> {
    let seq = json!({"maximum": bounds::SEQ});
    let points = json!({
        "minimum": bounds::TIMELINE_POINTS.start(),
        "maximum": bounds::TIMELINE_POINTS.end(),
    });
    let host = json!({
        "minLength": 1,
        "maxLength": bounds::HOST_NAME,
        "pattern": "^[0-9A-Za-z][0-9A-Za-z._-]*$",
    });
    vec![
        ("CreateHost", "name", host),
        ("CreateToken", "name", named(bounds::TOKEN_NAME)),
        (
            "CreateToken",
            "expires_in_seconds",
            json!({"minimum": 1, "maximum": bounds::TOKEN_SECONDS}),
        ),
        ("FullReport", "seq", seq.clone()),
        ("FullReport", "containers", list(bounds::CONTAINERS)),
        ("FullReport", "machine", text(bounds::MACHINE)),
        ("ContainerReport", "seq", seq),
        ("ContainerReport", "machine", text(bounds::MACHINE)),
        ("ReportedContainer", "name", named(bounds::CONTAINER_NAME)),
        (
            "ReportedContainer",
            "image_name",
            text(bounds::CONTAINER_NAME),
        ),
        ("ScannedImage", "artifacts", list(bounds::ARTIFACTS)),
        ("Artifact", "type", named(bounds::FIELD)),
        ("Artifact", "name", named(bounds::FIELD)),
        ("Artifact", "version", text(bounds::FIELD)),
        ("Artifact", "purl", text(bounds::PURL)),
        ("Artifact", "source", text(bounds::FIELD)),
        ("Artifact", "source_version", text(bounds::FIELD)),
        ("Artifact", "module", text(bounds::FIELD)),
        ("Artifact", "licenses", list(bounds::LICENSES)),
        ("ImageFacts", "aliases", list(bounds::ALIASES)),
        ("Match", "value", text(bounds::CONDITION_VALUE)),
        ("FindRequest", "match", list(bounds::MATCHES)),
        ("FindRequest", "any", list(bounds::ANY)),
        (
            "AffectedRequest",
            "advisories",
            list(bounds::ADVISORIES_ASKED),
        ),
        ("AffectedRequest", "ids", list(bounds::ADVISORY_IDS_ASKED)),
        ("AffectedRequest", "vex", list(bounds::VEX_DOCUMENTS)),
        ("AffectedRequest", "match", list(bounds::MATCHES)),
        ("AffectedRequest", "any", list(bounds::ANY)),
        (
            "ExposureRequest",
            "advisories",
            list(bounds::ADVISORIES_ASKED),
        ),
        ("ExposureRequest", "ids", list(bounds::ADVISORY_IDS_ASKED)),
        ("ExposureRequest", "vex", list(bounds::VEX_DOCUMENTS)),
        ("ExposureRequest", "match", list(bounds::MATCHES)),
        ("ExposureRequest", "any", list(bounds::ANY)),
        ("ExposureRequest", "within", list(bounds::WITHIN)),
        ("TimelineRequest", "points", points),
    ]
}

/// Says each bound in its shape; the properties that there aren't.
pub fn set(schemas: &mut BTreeMap<String, Value>) -> Vec<String> {
    let mut missing = Vec::new();
    for (shape, name, said) in all() {
        let property = schemas
            .get_mut(shape)
            .and_then(|shape| property(shape, name))
            .and_then(Value::as_object_mut);
        match (property, said) {
            (Some(property), Value::Object(said)) => property.extend(said),
            _ => missing.push(format!("{shape}.{name}")),
        }
    }
    missing
}

/// A property of a shape, or of the part of it that stands beside what it takes over.
fn property<'s>(shape: &'s mut Value, name: &str) -> Option<&'s mut Value> {
    if shape["allOf"].is_array() {
        let parts = shape["allOf"].as_array_mut()?;
        return parts.iter_mut().find_map(|part| property(part, name));
    }
    shape.get_mut("properties")?.get_mut(name)
}
