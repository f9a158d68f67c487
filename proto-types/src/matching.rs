//! What `find` matches: a field, an op, a value.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::words::words;

/// One condition. All of a request's matches must hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Match {
    /// What is looked at.
    pub field: Field,
    /// How it is compared.
    pub op: Op,
    /// What it is compared with.
    pub value: String,
}

words! {
    /// What a match looks at.
    Field {
        /// The artifact's name.
        Name = "name",
        /// The artifact's type.
        Type = "type",
        /// The artifact's version.
        Version = "version",
        /// The artifact's package URL.
        Purl = "purl",
        /// The source package that the artifact was built from.
        Source = "source",
        /// The version of that source package.
        SourceVersion = "source_version",
        /// The label of the rpm module that the artifact comes from.
        Module = "module",
        /// The image's distribution.
        Distro = "distro",
        /// The version of the image's distribution.
        DistroVersion = "distro_version",
        /// The image name that the container was started with.
        ImageName = "image_name",
        /// The image.
        ImageDigest = "image_digest",
        /// The container's name.
        Container = "container",
        /// The host's name.
        Host = "host",
    }
}

words! {
    /// How a match compares. All but `lt le gt ge` compare text, and case counts.
    Op {
        /// Is equal to the value.
        Eq = "eq",
        /// Is not equal to the value.
        Ne = "ne",
        /// Contains the value.
        Contains = "contains",
        /// Begins with the value.
        Prefix = "prefix",
        /// Fits a pattern of `*`, `?`, `[abc]` and `{a,b}`.
        Glob = "glob",
        /// Contains a match of a regular expression.
        Regex = "regex",
        /// Is an older version, by the artifact's own ecosystem.
        Lt = "lt",
        /// Is an older or the same version.
        Le = "le",
        /// Is a newer version.
        Gt = "gt",
        /// Is a newer or the same version.
        Ge = "ge",
    }
}

impl Field {
    /// Whether it says something of the artifact itself.
    #[must_use]
    pub const fn is_of_artifact(self) -> bool {
        matches!(
            self,
            Self::Name
                | Self::Type
                | Self::Version
                | Self::Purl
                | Self::Source
                | Self::SourceVersion
                | Self::Module
        )
    }

    /// Whether it says something of the image.
    #[must_use]
    pub const fn is_of_image(self) -> bool {
        matches!(self, Self::Distro | Self::DistroVersion | Self::ImageDigest)
    }
}

impl Op {
    /// Whether it asks for an order of versions.
    #[must_use]
    pub const fn is_ordering(self) -> bool {
        matches!(self, Self::Lt | Self::Le | Self::Gt | Self::Ge)
    }
}
