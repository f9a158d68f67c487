//! The tabs: the ways in.

use super::subject::Subject;

/// The ways in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    /// Artifacts by name.
    Artifacts,
    /// Images.
    Images,
    /// Hosts.
    Hosts,
    /// What answers can't know.
    Coverage,
    /// What changed last.
    Changes,
    /// Advisories that affect what runs.
    Advisories,
}

impl Tab {
    /// Every one, in the order in which they stand.
    pub(crate) const ALL: [Self; 6] = [
        Self::Artifacts,
        Self::Images,
        Self::Hosts,
        Self::Coverage,
        Self::Changes,
        Self::Advisories,
    ];

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Artifacts => "artifacts",
            Self::Images => "images",
            Self::Hosts => "hosts",
            Self::Coverage => "coverage",
            Self::Changes => "changes",
            Self::Advisories => "advisories",
        }
    }

    /// What its first level lists.
    pub(crate) fn subject(self) -> Subject {
        match self {
            Self::Artifacts => Subject::grouped(proto_types::GroupBy::Name, Vec::new()),
            Self::Images => Subject::Images,
            Self::Hosts => Subject::Hosts,
            Self::Coverage => Subject::Uncovered,
            Self::Changes => Subject::Changes { host: None },
            Self::Advisories => Subject::Affecting,
        }
    }
}
