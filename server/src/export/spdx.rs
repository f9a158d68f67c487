//! SPDX 2.3 in JSON, as its specification describes it; only what we know is written.

use std::{borrow::Cow, collections::BTreeMap};

use proto_types::{Artifact, Timestamp};
use serde::Serialize;

use super::{
    identity,
    licenses::{self, License},
    purl,
    subject::{Kind, Subject},
};

/// What SPDX writes where nobody has looked.
const NOT_LOOKED: &str = "NOASSERTION";
/// The identifier of what the document is about.
const SUBJECT: &str = "SPDXRef-subject";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    spdx_version: &'static str,
    data_license: &'static str,
    #[serde(rename = "SPDXID")]
    id: &'static str,
    name: &'a str,
    document_namespace: String,
    creation_info: CreationInfo,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    has_extracted_licensing_infos: Vec<Extracted<'a>>,
    packages: Vec<Package<'a>>,
    relationships: Vec<Relationship>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreationInfo {
    created: String,
    creators: Vec<String>,
    license_list_version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Package<'a> {
    #[serde(rename = "SPDXID")]
    id: String,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    version_info: &'a str,
    download_location: &'static str,
    files_analyzed: bool,
    license_concluded: &'static str,
    license_declared: Cow<'static, str>,
    copyright_text: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    primary_package_purpose: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_info: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    external_refs: Vec<ExternalRef<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ExternalRef<'a> {
    reference_category: &'static str,
    reference_type: &'static str,
    reference_locator: Cow<'a, str>,
}

/// A license that SPDX doesn't list, as a package says it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Extracted<'a> {
    license_id: String,
    extracted_text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Relationship {
    spdx_element_id: String,
    relationship_type: &'static str,
    related_spdx_element: String,
}

/// Writes the document.
pub fn write(subject: &Subject<'_>, now: Timestamp) -> serde_json::Result<Vec<u8>> {
    let mut packages = vec![about(subject)];
    packages.extend(subject.artifacts.iter().enumerate().map(package));
    let described = Relationship {
        spdx_element_id: "SPDXRef-DOCUMENT".to_owned(),
        relationship_type: "DESCRIBES",
        related_spdx_element: SUBJECT.to_owned(),
    };
    let contained = packages.iter().skip(1).map(|package| Relationship {
        spdx_element_id: SUBJECT.to_owned(),
        relationship_type: "CONTAINS",
        related_spdx_element: package.id.clone(),
    });
    let relationships = std::iter::once(described).chain(contained).collect();
    let document = Document {
        spdx_version: "SPDX-2.3",
        data_license: "CC0-1.0",
        id: "SPDXRef-DOCUMENT",
        name: &subject.name,
        document_namespace: format!("urn:uuid:{}", identity::uuid(subject)),
        creation_info: CreationInfo {
            // SPDX takes whole seconds only.
            created: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            creators: creators(subject),
            license_list_version: licenses::list_version(),
            comment: subject.doubts(),
        },
        has_extracted_licensing_infos: extracted(subject),
        packages,
        relationships,
    };
    serde_json::to_vec_pretty(&document)
}

fn creators(subject: &Subject<'_>) -> Vec<String> {
    let ours = concat!("Tool: assetmon-", env!("CARGO_PKG_VERSION")).to_owned();
    let scanners = subject.scanners().into_iter();
    std::iter::once(ours)
        .chain(scanners.map(|scanner| format!("Tool: {}", scanner.replace(' ', "-"))))
        .collect()
}

/// Every license text that a package refers to, each once.
fn extracted<'a>(subject: &'a Subject<'_>) -> Vec<Extracted<'a>> {
    let texts: BTreeMap<String, &str> = subject
        .artifacts
        .iter()
        .flat_map(licenses::of)
        .filter_map(|license| match license {
            License::Text(text) => Some((licenses::reference(text), text)),
            License::Expression(_) => None,
        })
        .collect();
    let extracted = texts
        .into_iter()
        .map(|(license_id, extracted_text)| Extracted {
            license_id,
            extracted_text,
        });
    extracted.collect()
}

fn about<'a>(subject: &'a Subject<'_>) -> Package<'a> {
    Package {
        primary_package_purpose: Some(match subject.kind {
            Kind::Image => "CONTAINER",
            Kind::Host => "DEVICE",
        }),
        external_refs: subject.aliases().map(alias).collect(),
        ..bare(SUBJECT.to_owned(), &subject.name, &subject.version)
    }
}

const fn alias<'a>(alias: String) -> ExternalRef<'a> {
    ExternalRef {
        reference_category: "OTHER",
        reference_type: "manifest-digest",
        reference_locator: Cow::Owned(alias),
    }
}

fn package((index, artifact): (usize, &Artifact)) -> Package<'_> {
    let left_out = purl::invalid(artifact);
    let purl = purl::valid(artifact).map(|purl| ExternalRef {
        reference_category: "PACKAGE-MANAGER",
        reference_type: "purl",
        reference_locator: Cow::Borrowed(purl),
    });
    let declared = licenses::as_one(&licenses::of(artifact));
    Package {
        license_declared: declared.map_or(Cow::Borrowed(NOT_LOOKED), Cow::Owned),
        source_info: source(artifact),
        comment: left_out.map(|text| format!("its scanner gave an invalid package URL: {text}")),
        external_refs: purl.into_iter().collect(),
        ..bare(
            format!("SPDXRef-artifact-{index}"),
            &artifact.name,
            &artifact.version,
        )
    }
}

/// What a package was built from, in words: the standard has no other place for it.
fn source(artifact: &Artifact) -> Option<String> {
    let source = artifact.source.as_deref()?;
    let version = artifact.source_version.as_deref().unwrap_or_default();
    let mut said = format!("built from the source package {source} {version}");
    said.truncate(said.trim_end().len());
    if let Some(module) = &artifact.module {
        said = format!("{said}, of the module {module}");
    }
    Some(said)
}

fn bare<'a>(id: String, name: &'a str, version: &'a str) -> Package<'a> {
    Package {
        id,
        name,
        version_info: version,
        download_location: NOT_LOOKED,
        files_analyzed: false,
        license_concluded: NOT_LOOKED,
        license_declared: Cow::Borrowed(NOT_LOOKED),
        copyright_text: NOT_LOOKED,
        primary_package_purpose: None,
        source_info: None,
        comment: None,
        external_refs: Vec::new(),
    }
}
