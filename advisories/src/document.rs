//! What a JSON document is that is no record: told by its fields.

use serde::{Deserialize, de::IgnoredAny};
use serde_json::value::RawValue;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    /// A catalog that [`crate::kev`] reads.
    Kev,
    /// A document that [`crate::vex`] reads.
    Vex,
}

#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(borrow, default, rename = "@context")]
    context: Option<&'a RawValue>,
    #[serde(default)]
    statements: Option<IgnoredAny>,
    #[serde(default, rename = "catalogVersion")]
    catalog_version: Option<IgnoredAny>,
    #[serde(default)]
    vulnerabilities: Option<IgnoredAny>,
}

impl Document {
    /// What an object is; `None` where it is neither.
    #[must_use]
    pub fn of(json: &[u8]) -> Option<Self> {
        let fields: Fields<'_> = serde_json::from_slice(json).ok()?;
        if fields.catalog_version.is_some() && fields.vulnerabilities.is_some() {
            return Some(Self::Kev);
        }
        let is_vex = fields
            .context
            .is_some_and(|text| text.get().contains("openvex"));
        (is_vex && fields.statements.is_some()).then_some(Self::Vex)
    }
}
