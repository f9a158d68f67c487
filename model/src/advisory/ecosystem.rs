//! Ecosystems as records write them: a family, and behind a colon a release or what else there is.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Family;

/// An ecosystem: `Debian:12`, `npm`, `Red Hat:enterprise_linux:9::appstream`. One that isn't known
/// keeps its name, and no artifact is of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ecosystem {
    text: String,
    family: Option<Family>,
}

impl Ecosystem {
    /// An ecosystem by its text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let name = text.split(':').next().unwrap_or_default();
        Self {
            family: Family::named(name.trim()),
            text,
        }
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its family, where that is known.
    #[must_use]
    pub const fn family(&self) -> Option<Family> {
        self.family
    }

    /// What stands behind its first colon: `12`, `v3.20`, `22.04:LTS`. Nothing where there is none.
    #[must_use]
    pub fn suffix(&self) -> &str {
        self.text
            .split_once(':')
            .map_or("", |(_, suffix)| suffix.trim())
    }
}

impl Serialize for Ecosystem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Ecosystem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}
