//! Answers counted by version, name, type, image, host or distribution. Which groups there are is
//! found out first, and kept from piece to piece; counted is only what is on the page.

mod by_artifact;
mod by_distro;
mod by_host;
mod by_image;
mod side_by_side;
mod window;

use proto_types::{Group, GroupBy};

use super::look::Search;
use crate::artifacts::Kept;
pub use window::Groups;
use window::Window;

impl Search<'_> {
    /// At most so many groups, after those that are skipped.
    #[must_use]
    pub fn groups(&self, by: GroupBy, skip: usize, limit: usize) -> Groups {
        let window = Window { skip, limit };
        match by {
            GroupBy::Name => by_artifact::names(self, window),
            GroupBy::Version => {
                let groups = self
                    .found
                    .groups
                    .versions
                    .get_or_init(|| by_artifact::versions(self));
                by_artifact::page(self, groups, window)
            }
            GroupBy::Type => {
                let groups = self
                    .found
                    .groups
                    .types
                    .get_or_init(|| by_artifact::types(self, |_| true));
                by_artifact::page(self, groups, window)
            }
            GroupBy::Image => by_image::groups(self, window),
            GroupBy::Host => by_host::groups(self, window),
            GroupBy::Distro => {
                let groups = self
                    .found
                    .groups
                    .distros
                    .get_or_init(|| by_distro::groups(self));
                by_distro::page(self, groups, window)
            }
        }
    }

    /// The same by type, without artifacts that belong to packages of a distribution: what registries are asked about.
    #[must_use]
    pub fn own_types(&self, skip: usize, limit: usize) -> Groups {
        let artifacts = &self.index.artifacts;
        let is_own = |artifact: u32| !artifacts.at(artifact).owned_by_os();
        let groups = &self.found.groups.own_types;
        let groups = groups.get_or_init(|| by_artifact::types(self, is_own));
        by_artifact::page(self, groups, Window { skip, limit })
    }

    /// At most so many of the groups by name that stand behind a name. What fits need not have been
    /// counted.
    #[must_use]
    pub fn names_after(&self, name: &str, limit: usize) -> Vec<Group> {
        by_artifact::names_after(self, name, limit)
    }

    /// How many versions groups by version put in order.
    #[must_use]
    pub fn versions(&self) -> usize {
        by_artifact::count_versions(self)
    }
}
