//! What an image or a host counts for.

use crate::images::NO_DISTRO;

/// What an image counts for: a distribution whose packages it holds, and registries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Of {
    /// The distribution, by number.
    pub distro: u32,
    /// The registries, a bit each.
    pub registries: u64,
}

impl Default for Of {
    fn default() -> Self {
        Self {
            distro: NO_DISTRO,
            registries: 0,
        }
    }
}

impl Of {
    /// Whether it counts for nothing.
    pub const fn is_nothing(self) -> bool {
        self.distro == NO_DISTRO && self.registries == 0
    }

    /// What of it isn't of another one.
    pub const fn without(self, other: Self) -> Self {
        Self {
            distro: match self.distro == other.distro {
                true => NO_DISTRO,
                false => self.distro,
            },
            registries: self.registries & !other.registries,
        }
    }
}
