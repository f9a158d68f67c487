//! The packaging ecosystems that the fleet's artifacts come from.

/// A packaging ecosystem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ecosystem {
    /// Debian and Ubuntu.
    Deb,
    /// Red Hat, Fedora, Amazon, SUSE.
    Rpm,
    /// Alpine.
    Apk,
    /// JavaScript.
    Npm,
    /// Python.
    Python,
    /// Go modules, as they stand in binaries.
    Go,
    /// Java archives.
    Java,
    /// Ruby.
    Gem,
    /// Rust, as it stands in binaries.
    Rust,
}

impl Ecosystem {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Deb,
        Self::Rpm,
        Self::Apk,
        Self::Npm,
        Self::Python,
        Self::Go,
        Self::Java,
        Self::Gem,
        Self::Rust,
    ];

    /// The type of its artifacts, in syft's words.
    #[must_use]
    pub const fn artifact_type(self) -> &'static str {
        match self {
            Self::Deb => "deb",
            Self::Rpm => "rpm",
            Self::Apk => "apk",
            Self::Npm => "npm",
            Self::Python => "python",
            Self::Go => "go-module",
            Self::Java => "java-archive",
            Self::Gem => "gem",
            Self::Rust => "rust-crate",
        }
    }

    /// What package URLs call it.
    #[must_use]
    pub const fn purl_type(self) -> &'static str {
        match self {
            Self::Deb => "deb",
            Self::Rpm => "rpm",
            Self::Apk => "apk",
            Self::Npm => "npm",
            Self::Python => "pypi",
            Self::Go => "golang",
            Self::Java => "maven",
            Self::Gem => "gem",
            Self::Rust => "cargo",
        }
    }

    /// Whether it is a distribution's, whose packages have sources.
    #[must_use]
    pub const fn is_of_distribution(self) -> bool {
        matches!(self, Self::Deb | Self::Rpm | Self::Apk)
    }

    /// How many packages of it there are to choose from.
    #[must_use]
    pub const fn packages(self) -> u32 {
        match self {
            Self::Deb => 7_000,
            Self::Rpm => 5_000,
            Self::Apk => 2_500,
            Self::Npm => 90_000,
            Self::Python => 10_000,
            Self::Go => 10_000,
            Self::Java => 16_000,
            Self::Gem => 4_000,
            Self::Rust => 4_000,
        }
    }
}
