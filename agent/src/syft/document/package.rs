//! A package as syft lists it, and the artifact that it is.

use std::{borrow::Cow, collections::BTreeSet};

use model::{bounds, source::Source};
use proto_types::Artifact;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::left_out::LeftOut;

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
    /// The artifact that it is, without its licenses; none where it can't be told of, which is
    /// counted.
    ///
    /// Nothing that is found by its name is lost for a longer field beside it: the artifact goes
    /// without that field, which is counted too.
    pub(super) fn artifact(&self, left_out: &mut LeftOut) -> Option<Artifact> {
        let (name, version) = (self.name.as_ref(), self.version.as_ref());
        if name.is_empty() || self.artifact_type.is_empty() {
            left_out.nameless();
            return None;
        }
        if [&self.artifact_type, &self.name, &self.version]
            .iter()
            .any(|field| field.len() > bounds::FIELD)
        {
            left_out.too_long(name);
            return None;
        }
        let metadata = self.metadata();
        let said = metadata.source().or_else(|| Source::of_purl(&self.purl));
        let source = Source::of_package(&self.artifact_type, name, version, said);
        let (source, source_version) =
            source.map_or((None, None), |source| (Some(source.name), source.version));
        let mut field = |field: Option<String>, longest| left_out.field(name, field, longest);
        Some(Artifact {
            artifact_type: self.artifact_type.clone().into_owned(),
            name: name.to_owned(),
            version: version.to_owned(),
            purl: field(Some(self.purl.clone().into_owned()), bounds::PURL),
            source: field(source, bounds::FIELD),
            source_version: field(source_version, bounds::FIELD),
            module: field(metadata.modularity_label, bounds::FIELD),
            ..Artifact::default()
        })
    }

    /// Its licenses: as SPDX expressions where syft knows them, else as the package says. A whole
    /// license text that stands in their place isn't one.
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
            .filter(|word| !word.is_empty() && word.len() <= bounds::FIELD)
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
