//! Where Enter leads from the rows of each list, in words for the help.

use proto_types::GroupBy;

use super::subject::Subject;

impl Subject {
    /// Where Enter leads from one of its rows.
    pub(crate) fn leads_to(&self) -> &'static str {
        match self {
            Self::Affecting => "to the artifacts that it is about",
            Self::Affected { .. } => "to the images that hold the artifact",
            Self::Grouped { by, .. } | Self::AffectedBy { by, .. } => match by {
                GroupBy::Name => "to the versions of the artifact",
                GroupBy::Version => "to the images that hold the version",
                GroupBy::Image | GroupBy::Host if self.artifact_name().is_some() => {
                    "to the containers that run the artifact"
                }
                GroupBy::Image => "to the artifacts in the image",
                GroupBy::Host => "to the containers of the host",
                GroupBy::Type | GroupBy::Distro => "nowhere: there is nothing below this",
            },
            Self::Found { .. } => "to all containers of its host",
            Self::Images => "to the artifacts in the image",
            Self::Hosts => "to the containers of the host",
            Self::Contents(_) | Self::Diff { .. } => "to the versions of the artifact in the fleet",
            Self::Containers { .. } => "to the artifacts in its image",
            Self::Uncovered => "to the containers of the host, or of the image",
            Self::Changes { .. } => {
                "to the containers of the host, or the versions of the artifact"
            }
            Self::Rollout { .. } => "to the containers of the host that run the artifact",
            Self::Cover { .. } => "to the containers of the image that run the artifact",
        }
    }

    /// Whether its rows are about one artifact each, or all of them about one.
    pub(crate) fn has_artifacts(&self) -> bool {
        let of_one = self.artifact_name().is_some();
        of_one
            || matches!(
                self,
                Self::Contents(_)
                    | Self::Affected { .. }
                    | Self::Grouped {
                        by: GroupBy::Name,
                        ..
                    }
            )
    }

    /// Whether its rows have an image each.
    pub(crate) const fn has_images(&self) -> bool {
        matches!(
            self,
            Self::Images
                | Self::Found { .. }
                | Self::Containers { .. }
                | Self::Uncovered
                | Self::Changes { .. }
                | Self::Cover { .. }
                | Self::Grouped {
                    by: GroupBy::Image,
                    ..
                }
                | Self::AffectedBy {
                    by: GroupBy::Image,
                    ..
                }
        )
    }

    /// Whether its rows have a host each.
    pub(crate) const fn has_hosts(&self) -> bool {
        matches!(
            self,
            Self::Hosts
                | Self::Found { .. }
                | Self::Containers { .. }
                | Self::Uncovered
                | Self::Changes { .. }
                | Self::Rollout { .. }
                | Self::Grouped {
                    by: GroupBy::Host,
                    ..
                }
                | Self::AffectedBy {
                    by: GroupBy::Host,
                    ..
                }
        )
    }
}
