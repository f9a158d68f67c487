//! CycloneDX 1.6 in JSON, as its schema describes it; only what we know is written.

use std::borrow::Cow;

use proto_types::{Artifact, Timestamp};
use serde::Serialize;

use super::{
    identity,
    licenses::{self, License},
    purl,
    subject::{Kind, Subject},
};

/// The reference of what the document is about.
const SUBJECT: &str = "subject";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bom<'a> {
    bom_format: &'static str,
    spec_version: &'static str,
    serial_number: String,
    version: u32,
    metadata: Metadata<'a>,
    components: Vec<Component<'a>>,
    compositions: Vec<Composition>,
}

#[derive(Serialize)]
struct Metadata<'a> {
    timestamp: String,
    tools: Tools<'a>,
    component: Component<'a>,
}

#[derive(Serialize)]
struct Tools<'a> {
    components: Vec<Component<'a>>,
}

#[derive(Serialize)]
struct Component<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "bom-ref", skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    purl: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    licenses: Vec<Choice>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    properties: Vec<Property<'a>>,
}

/// One expression for everything, or a list of licenses.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Choice {
    Expression(String),
    License(Named),
}

/// A license by its identifier, where the schema lists it, else by its name.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Named {
    Id(String),
    Name(String),
}

/// What the standard has no place for.
#[derive(Serialize)]
struct Property<'a> {
    name: &'static str,
    value: Cow<'a, str>,
}

/// A property that there may be.
fn property<'a>(name: &'static str, value: Option<&'a str>) -> Option<Property<'a>> {
    let value = Cow::Borrowed(value?);
    Some(Property { name, value })
}

/// Whether the list of components is all there is.
#[derive(Serialize)]
struct Composition {
    aggregate: &'static str,
    assemblies: [String; 1],
}

/// Writes the document.
pub fn write(subject: &Subject<'_>, now: Timestamp) -> serde_json::Result<Vec<u8>> {
    let scanners = subject.scanners();
    let aggregate = if subject.is_complete() {
        "complete"
    } else {
        "incomplete"
    };
    let bom = Bom {
        bom_format: "CycloneDX",
        spec_version: "1.6",
        serial_number: format!("urn:uuid:{}", identity::uuid(subject)),
        version: 1,
        metadata: Metadata {
            timestamp: now.to_string(),
            tools: Tools {
                components: tools(&scanners),
            },
            component: about(subject),
        },
        components: subject
            .artifacts
            .iter()
            .enumerate()
            .map(component)
            .collect(),
        compositions: vec![Composition {
            aggregate,
            assemblies: [SUBJECT.to_owned()],
        }],
    };
    serde_json::to_vec_pretty(&bom)
}

fn about<'a>(subject: &'a Subject<'_>) -> Component<'a> {
    let kind = match subject.kind {
        Kind::Image => "container",
        Kind::Host => "device",
    };
    Component {
        kind,
        reference: Some(SUBJECT.to_owned()),
        name: &subject.name,
        version: &subject.version,
        purl: None,
        licenses: Vec::new(),
        properties: subject.aliases().map(alias).collect(),
    }
}

const fn alias<'a>(alias: String) -> Property<'a> {
    Property {
        name: "assetmon:manifest-digest",
        value: Cow::Owned(alias),
    }
}

fn component((index, artifact): (usize, &Artifact)) -> Component<'_> {
    let owned = artifact.owned_by_os.then_some("true");
    let properties = [
        property("assetmon:type", Some(&artifact.artifact_type)),
        property("assetmon:source", artifact.source.as_deref()),
        property(
            "assetmon:source-version",
            artifact.source_version.as_deref(),
        ),
        property("assetmon:module", artifact.module.as_deref()),
        property("assetmon:owned-by-os", owned),
        property("assetmon:invalid-purl", purl::invalid(artifact)),
    ];
    Component {
        kind: "library",
        reference: Some(format!("artifact-{index}")),
        name: &artifact.name,
        version: &artifact.version,
        purl: purl::valid(artifact),
        licenses: choices(&licenses::of(artifact)),
        properties: properties.into_iter().flatten().collect(),
    }
}

/// Several licenses are one expression where each is; the schema takes one of those, or a list of
/// names.
fn choices(licenses: &[License<'_>]) -> Vec<Choice> {
    let is_text = |license: &License<'_>| matches!(license, License::Text(_));
    if !licenses.iter().any(is_text) {
        let one = licenses::as_one(licenses).map(Choice::Expression);
        return one.into_iter().collect();
    }
    let named = licenses
        .iter()
        .map(|license| match (license.listed(), license) {
            (Some(id), _) => Named::Id(id.to_owned()),
            (None, License::Expression(text)) => Named::Name(text.clone()),
            (None, License::Text(text)) => Named::Name((*text).to_owned()),
        });
    named.map(Choice::License).collect()
}

fn tools(scanners: &[String]) -> Vec<Component<'_>> {
    let tool = |name, version| Component {
        kind: "application",
        reference: None,
        name,
        version,
        purl: None,
        licenses: Vec::new(),
        properties: Vec::new(),
    };
    let ours = tool("assetmon", env!("CARGO_PKG_VERSION"));
    let scanners = scanners.iter().map(|scanner| {
        let (name, version) = scanner.split_once(' ').unwrap_or((scanner, ""));
        tool(name, version)
    });
    std::iter::once(ours).chain(scanners).collect()
}
