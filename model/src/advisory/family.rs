//! Which distributions and registries the OSV schema knows, and what their packages are here.

use crate::purl;

/// A distribution or registry that records speak of by the name of an ecosystem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Family {
    AlmaLinux,
    Alpaquita,
    Alpine,
    AzureLinux,
    BellSoft,
    Bitnami,
    Chainguard,
    Conan,
    Cran,
    CratesIo,
    Debian,
    Echo,
    GitHubActions,
    Go,
    Hackage,
    Hex,
    Mageia,
    Maven,
    MinimOs,
    Npm,
    NuGet,
    Opam,
    OpenEuler,
    OpenSuse,
    Packagist,
    PhotonOs,
    Pub,
    PyPi,
    RedHat,
    Rocky,
    RubyGems,
    Suse,
    Swift,
    Ubuntu,
    Wolfi,
}

/// One family: the schema's name for it, the type of its package URLs, and of a distribution the ids
/// that its images have in their `os-release`.
struct Row(Family, &'static str, &'static str, &'static [&'static str]);

const ROWS: &[Row] = &[
    Row(Family::AlmaLinux, "AlmaLinux", "rpm", &["almalinux"]),
    Row(Family::Alpaquita, "Alpaquita", "apk", &["alpaquita"]),
    Row(Family::Alpine, "Alpine", "apk", &["alpine"]),
    Row(
        Family::AzureLinux,
        "Azure Linux",
        "rpm",
        &["azurelinux", "mariner"],
    ),
    Row(
        Family::BellSoft,
        "BellSoft Hardened Containers",
        "apk",
        &["bellsoft-hardened-containers"],
    ),
    Row(Family::Bitnami, "Bitnami", "bitnami", &[]),
    Row(Family::Chainguard, "Chainguard", "apk", &["chainguard"]),
    Row(Family::Conan, "ConanCenter", "conan", &[]),
    Row(Family::Cran, "CRAN", "cran", &[]),
    Row(Family::CratesIo, "crates.io", "cargo", &[]),
    Row(Family::Debian, "Debian", "deb", &["debian"]),
    Row(Family::Echo, "Echo", "deb", &["echo"]),
    Row(Family::GitHubActions, "GitHub Actions", "github", &[]),
    Row(Family::Go, "Go", "golang", &[]),
    Row(Family::Hackage, "Hackage", "hackage", &[]),
    Row(Family::Hex, "Hex", "hex", &[]),
    Row(Family::Mageia, "Mageia", "rpm", &["mageia"]),
    Row(Family::Maven, "Maven", "maven", &[]),
    Row(Family::MinimOs, "MinimOS", "apk", &["minimos"]),
    Row(Family::Npm, "npm", "npm", &[]),
    Row(Family::NuGet, "NuGet", "nuget", &[]),
    Row(Family::Opam, "opam", "opam", &[]),
    Row(Family::OpenEuler, "openEuler", "rpm", &["openeuler"]),
    Row(
        Family::OpenSuse,
        "openSUSE",
        "rpm",
        &[
            "opensuse-leap",
            "opensuse-leap-micro",
            "opensuse-tumbleweed",
            "opensuse",
        ],
    ),
    Row(Family::Packagist, "Packagist", "composer", &[]),
    Row(Family::PhotonOs, "Photon OS", "rpm", &["photon"]),
    Row(Family::Pub, "Pub", "pub", &[]),
    Row(Family::PyPi, "PyPI", "pypi", &[]),
    Row(Family::RedHat, "Red Hat", "rpm", &["rhel", "redhat"]),
    Row(Family::Rocky, "Rocky Linux", "rpm", &["rocky"]),
    Row(Family::RubyGems, "RubyGems", "gem", &[]),
    Row(
        Family::Suse,
        "SUSE",
        "rpm",
        &[
            "sles",
            "sled",
            "sles_sap",
            "sle_hpc",
            "sle-micro",
            "sl-micro",
            "suse",
        ],
    ),
    Row(Family::Swift, "SwiftURL", "swift", &[]),
    Row(Family::Ubuntu, "Ubuntu", "deb", &["ubuntu"]),
    Row(Family::Wolfi, "Wolfi", "apk", &["wolfi"]),
];

impl Family {
    /// The family of this name, in any case of letters.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let found = ROWS.iter().find(|row| row.1.eq_ignore_ascii_case(name));
        found.map(|row| row.0)
    }

    /// The distribution whose images have this id in their `os-release`.
    #[must_use]
    pub fn of_distro(id: &str) -> Option<Self> {
        let is = |row: &&Row| row.3.iter().any(|one| one.eq_ignore_ascii_case(id));
        ROWS.iter().find(is).map(|row| row.0)
    }

    /// The registry that artifacts of a type of package URL come from; none for packages of
    /// distributions, which several have in common.
    #[must_use]
    pub fn of_registry(purl_type: &str) -> Option<Self> {
        let is = |row: &&Row| row.3.is_empty() && row.2 == purl_type;
        ROWS.iter().find(is).map(|row| row.0)
    }

    /// The registry that artifacts of this type come from, as [`Self::of_registry`].
    #[must_use]
    pub fn of_artifacts(artifact_type: &str) -> Option<Self> {
        Self::of_registry(purl::type_of(artifact_type))
    }

    /// Its name in the OSV schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The type of its packages' package URLs: `deb`.
    #[must_use]
    pub fn purl_type(self) -> &'static str {
        self.row().2
    }

    /// Whether it is a distribution, whose packages belong to a release of it.
    #[must_use]
    pub fn is_distribution(self) -> bool {
        !self.row().3.is_empty()
    }

    fn row(self) -> &'static Row {
        // Rows stand in the order of the families: a test walks through all of them.
        &ROWS[self as usize]
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|row| row.0)
    }
}
