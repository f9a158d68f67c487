//! Exports: an image's or a host's SBOM as a standard document.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::{Endpoint, ImageDigest, Method, endpoint::fill, words::words};

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
#[derive(Debug, Clone, Serialize)]
pub struct GetImageSbom {
    /// The image.
    #[serde(skip)]
    pub digest: ImageDigest,
    /// The document's format.
    pub format: SbomFormat,
}

/// Exports what a host runs. The response is the document itself.
#[derive(Debug, Clone, Serialize)]
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

impl Endpoint for GetImageSbom {
    type Response = Box<RawValue>;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/images/{digest}/sbom";
    fn path(&self) -> String {
        fill(Self::ROUTE, &self.digest.to_string())
    }
}

impl Endpoint for GetHostSbom {
    type Response = Box<RawValue>;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/hosts/{name}/sbom";
    fn path(&self) -> String {
        fill(Self::ROUTE, &self.name)
    }
}
