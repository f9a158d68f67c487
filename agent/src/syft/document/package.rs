//! A package as syft lists it, and the artifact that it is.

use std::{borrow::Cow, collections::BTreeSet};

use model::source::Source;
use proto_types::Artifact;
use serde::Deserialize;
use serde_json::value::RawValue;

/// A package as syft lists it.
#[derive(Deserialize)]
pub(super) struct Package<'a> {
    /// What relations call it.
    #[serde(borrow, default)]
    pub(super) id: Cow<'a, str>,
    #[serde(borrow, default, rename = "type")]
    artifact_type: Cow<'a, str>,
    #[serde(borrow, default)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    version: Cow<'a, str>,
    #[serde(borrow, default)]
    purl: Cow<'a, str>,
    #[serde(borrow, default)]
    licenses: Option<&'a RawValue>,
    #[serde(borrow, default)]
    metadata: Option<&'a RawValue>,
}

/// What an artifact's licenses are read from.
#[derive(Deserialize)]
struct License {
    #[serde(default)]
    value: String,
    #[serde(default, rename = "spdxExpression")]
    spdx_expression: String,
}

/// What the metadata of a distribution's package says of where it is from.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    /// Of deb: the source package, where its name or version is another.
    source: Option<String>,
    source_version: Option<String>,
    /// Of rpm.
    source_rpm: Option<String>,
    modularity_label: Option<String>,
    /// Of apk.
    origin_package: Option<String>,
    /// Of alpm.
    #[serde(rename = "basepackage")]
    base_package: Option<String>,
}

impl Package<'_> {
    /// The artifact that it is, without its licenses.
    pub(super) fn artifact(&self) -> Artifact {
        let metadata = self.metadata();
        let said = metadata.source().or_else(|| Source::of_purl(&self.purl));
        let source = Source::of_package(&self.artifact_type, &self.name, &self.version, said);
        let (source, source_version) =
            source.map_or((None, None), |source| (Some(source.name), source.version));
        let some = |text: String| (!text.is_empty()).then_some(text);
        Artifact {
            artifact_type: self.artifact_type.clone().into_owned(),
            name: self.name.clone().into_owned(),
            version: self.version.clone().into_owned(),
            purl: some(self.purl.clone().into_owned()),
            source,
            source_version,
            module: metadata.modularity_label.and_then(some),
            ..Artifact::default()
        }
    }

    /// Its licenses: as SPDX expressions where syft knows them, else as the package says.
    pub(super) fn licenses(&self) -> BTreeSet<String> {
        let licenses = self.licenses.map(RawValue::get).unwrap_or_default();
        let licenses: Vec<License> = serde_json::from_str(licenses).unwrap_or_default();
        let words = licenses.into_iter().map(|license| {
            if license.spdx_expression.is_empty() {
                license.value
            } else {
                license.spdx_expression
            }
        });
        words
            .map(|word| word.trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect()
    }

    /// What its metadata says; that of other types than a distribution's has any shape, which this
    /// isn't about.
    fn metadata(&self) -> Metadata {
        self.metadata
            .filter(|_| model::source::is_of_distribution(&self.artifact_type))
            .and_then(|metadata| serde_json::from_str(metadata.get()).ok())
            .unwrap_or_default()
    }
}

impl Metadata {
    fn source(&self) -> Option<Source> {
        let said = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        if let Some(file) = said(&self.source_rpm) {
            return Source::of_rpm(&file);
        }
        if let Some(name) = said(&self.source) {
            let version = self.source_version.as_deref().unwrap_or_default();
            return Source::named(name).at(version);
        }
        let origin = said(&self.origin_package).or_else(|| said(&self.base_package));
        origin.map(Source::named)
    }
}
