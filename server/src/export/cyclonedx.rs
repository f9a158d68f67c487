//! CycloneDX 1.6 in JSON, as its schema describes it; only what we know is written.

use proto_types::{Artifact, Timestamp};
use serde::Serialize;

use super::{Kind, Subject, identity, purl};

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
    properties: Vec<Property<'a>>,
}

#[derive(Serialize)]
struct Property<'a> {
    name: &'static str,
    value: &'a str,
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
        properties: Vec::new(),
    }
}

fn component((index, artifact): (usize, &Artifact)) -> Component<'_> {
    let source = artifact.source.as_deref().map(|value| Property {
        name: "assetmon:source",
        value,
    });
    let kind = Property {
        name: "assetmon:type",
        value: &artifact.artifact_type,
    };
    let left_out = purl::invalid(artifact).map(|value| Property {
        name: "assetmon:invalid-purl",
        value,
    });
    Component {
        kind: "library",
        reference: Some(format!("artifact-{index}")),
        name: &artifact.name,
        version: &artifact.version,
        purl: purl::valid(artifact),
        properties: std::iter::once(kind)
            .chain(source)
            .chain(left_out)
            .collect(),
    }
}

fn tools(scanners: &[String]) -> Vec<Component<'_>> {
    let tool = |name, version| Component {
        kind: "application",
        reference: None,
        name,
        version,
        purl: None,
        properties: Vec::new(),
    };
    let ours = tool("assetmon", env!("CARGO_PKG_VERSION"));
    let scanners = scanners.iter().map(|scanner| {
        let (name, version) = scanner.split_once(' ').unwrap_or((scanner, ""));
        tool(name, version)
    });
    std::iter::once(ours).chain(scanners).collect()
}
