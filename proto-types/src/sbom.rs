//! Exports: an image's or a host's SBOM as a standard document.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{Object, RefOr, Schema},
};

use crate::{Endpoint, ErrorCode, ImageDigest, Method, endpoint::fill, words::words};

words! {
    /// The formats that an SBOM is exported in.
    SbomFormat {
        /// CycloneDX 1.6.
        CycloneDxJson = "cyclonedx-json",
        /// SPDX 2.3.
        SpdxJson = "spdx-json",
    }
}

/// Exports an image's SBOM. The response is the document itself.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GetImageSbom {
    /// The image.
    #[serde(skip)]
    pub digest: ImageDigest,
    /// The document's format.
    pub format: SbomFormat,
}

/// Exports what a host runs. The response is the document itself.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GetHostSbom {
    /// The host's name.
    #[serde(skip)]
    pub name: String,
    /// The document's format.
    pub format: SbomFormat,
    /// What ran at this moment, instead of now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// A document as its standard has it: of CycloneDX 1.6 or SPDX 2.3.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SbomDocument(pub Box<RawValue>);

impl PartialSchema for SbomDocument {
    fn schema() -> RefOr<Schema> {
        Object::builder()
            .description(Some("A document of CycloneDX 1.6 or of SPDX 2.3."))
            .into()
    }
}

impl ToSchema for SbomDocument {}

impl Endpoint for GetImageSbom {
    type Response = SbomDocument;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/images/{digest}/sbom";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound];
    fn path(&self) -> String {
        fill(Self::ROUTE, &self.digest.to_string())
    }
}

impl Endpoint for GetHostSbom {
    type Response = SbomDocument;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/hosts/{name}/sbom";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound];
    fn path(&self) -> String {
        fill(Self::ROUTE, &self.name)
    }
}
