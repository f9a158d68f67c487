//! Answers of `affected` counted by something.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Group, GroupBy, Verdict, words::words};

words! {
    /// What the answers of `affected` are counted by.
    AffectedGroupBy {
        /// The advisory, in the order of the results.
        Advisory = "advisory",
        /// The artifact's version, newest first.
        Version = "version",
        /// The artifact's name.
        Name = "name",
        /// The artifact's type.
        Type = "type",
        /// The image.
        Image = "image",
        /// The host.
        Host = "host",
        /// The image's distribution with its version.
        Distro = "distro",
    }
}

impl AffectedGroupBy {
    /// The same of `find`, where that has it.
    #[must_use]
    pub const fn of_find(self) -> Option<GroupBy> {
        match self {
            Self::Advisory => None,
            Self::Version => Some(GroupBy::Version),
            Self::Name => Some(GroupBy::Name),
            Self::Type => Some(GroupBy::Type),
            Self::Image => Some(GroupBy::Image),
            Self::Host => Some(GroupBy::Host),
            Self::Distro => Some(GroupBy::Distro),
        }
    }
}

/// How much of the answer has one key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AffectedGroup {
    /// The key, and how much has it.
    #[serde(flatten)]
    pub group: Group,
    /// With `advisory`, the CVEs that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cves: Vec<String>,
    /// With `advisory`, which of the wanted verdicts it has on something.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<Verdict>,
}

impl From<Group> for AffectedGroup {
    fn from(group: Group) -> Self {
        Self {
            group,
            cves: Vec::new(),
            verdicts: Vec::new(),
        }
    }
}
