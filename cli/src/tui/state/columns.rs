//! The columns of each list. Where the terminal is narrow, the last of them leave first.

use proto_types::GroupBy;

use super::{column::Column, subject::Subject};
use crate::output::{Heading, row::Fit};

const fn key(heading: Heading, letter: char) -> Column {
    Column::new(heading, letter).with(Fit::CutLast)
}

const ARTIFACTS: Column = Column::new(Heading::Artifacts, 'A');
const CONTAINERS: Column = Column::new(Heading::Containers, 'C');
const HOSTS: Column = Column::new(Heading::Hosts, 'H');
const IMAGES: Column = Column::new(Heading::Images, 'I');
const IMAGE_DIGEST: Column = Column::new(Heading::ImageDigest, 'D');
const IMAGE_NAME: Column = Column::new(Heading::ImageName, 'I').with(Fit::Cut);
const RUNNING_SINCE: Column = Column::new(Heading::RunningSince, 'S');

const fn counted(by: Heading, letter: char) -> [Column; 6] {
    let bar = Column::bar();
    [key(by, letter), CONTAINERS, HOSTS, IMAGES, ARTIFACTS, bar]
}

const NAMES: &[Column] = &counted(Heading::Name, 'N');
const TYPES: &[Column] = &counted(Heading::Type, 'T');
const DISTROS: &[Column] = &counted(Heading::Distro, 'D');
const VERSIONS: &[Column] = &[
    key(Heading::Version, 'V'),
    Column::new(Heading::Type, 'T'),
    CONTAINERS,
    HOSTS,
    IMAGES,
    Column::bar(),
];
const IMAGES_COUNTED: &[Column] = &[
    key(Heading::ImageName, 'N'),
    IMAGE_DIGEST,
    CONTAINERS,
    HOSTS,
    ARTIFACTS,
    Column::bar(),
];
const HOSTS_COUNTED: &[Column] = &[
    key(Heading::Host, 'H'),
    CONTAINERS,
    IMAGES,
    ARTIFACTS,
    Column::bar(),
];
const FOUND: &[Column] = &[
    key(Heading::Host, 'H'),
    key(Heading::Container, 'C'),
    Column::new(Heading::Version, 'V'),
    IMAGE_NAME,
    RUNNING_SINCE,
    IMAGE_DIGEST,
    Column::new(Heading::Name, 'N'),
    Column::new(Heading::Type, 'T'),
    Column::new(Heading::Purl, 'P'),
];
const IMAGE_LIST: &[Column] = &[
    key(Heading::Names, 'N'),
    Column::new(Heading::State, 'S'),
    Column::new(Heading::Digest, 'D'),
    CONTAINERS,
    HOSTS,
    ARTIFACTS,
    Column::new(Heading::Distro, 'O'),
    Column::new(Heading::ScannedAt, 'E'),
    Column::bar(),
    Column::new(Heading::FirstSeen, 'F'),
    Column::new(Heading::ScannedBy, 'B'),
    Column::new(Heading::SecondOpinion, 'P'),
    Column::new(Heading::Architecture, 'T'),
    Column::new(Heading::LastSeen, 'L'),
];
const HOST_LIST: &[Column] = &[
    key(Heading::Name, 'N'),
    Column::new(Heading::State, 'S').with(Fit::Keep),
    Column::new(Heading::LastReportAt, 'L'),
    CONTAINERS,
    IMAGES,
    Column::new(Heading::Scanner, 'E'),
    Column::new(Heading::Unseen, 'U').with(Fit::Cut),
    Column::bar(),
    Column::new(Heading::LastFullReportAt, 'F'),
    Column::new(Heading::EnrolledAt, 'O'),
    Column::new(Heading::AddedAt, 'D'),
];
const UNCOVERED: &[Column] = &[
    Column::new(Heading::Kind, 'K').with(Fit::Keep),
    key(Heading::Name, 'N'),
    Column::new(Heading::State, 'S').with(Fit::Keep),
    Column::new(Heading::Since, 'I').with(Fit::Keep),
    Column::new(Heading::Reason, 'O').with(Fit::Cut),
    CONTAINERS,
];
const COVER: &[Column] = &[
    key(Heading::ImageName, 'N'),
    Column::new(Heading::HostsClean, 'L').with(Fit::Keep),
    CONTAINERS,
    HOSTS,
    IMAGE_DIGEST,
    Column::bar(),
];
const DIFF: &[Column] = &[
    Column::new(Heading::Change, 'C').with(Fit::Keep),
    key(Heading::Name, 'N'),
    Column::new(Heading::From, 'F').with(Fit::CutLast),
    Column::new(Heading::To, 'O').with(Fit::CutLast),
    Column::new(Heading::Type, 'T'),
];
const CHANGES: &[Column] = &[
    Column::new(Heading::At, 'A').with(Fit::Keep),
    Column::new(Heading::Kind, 'K').with(Fit::Keep),
    key(Heading::Host, 'H'),
    key(Heading::Container, 'C'),
    IMAGE_NAME,
    key(Heading::Name, 'N'),
    Column::new(Heading::Version, 'V').with(Fit::Cut),
];
const ROLLOUT: &[Column] = &[
    key(Heading::Host, 'H'),
    key(Heading::Version, 'V'),
    Column::new(Heading::Type, 'T'),
    Column::new(Heading::Versions, 'O'),
    CONTAINERS,
    Column::new(Heading::Affected, 'A'),
    Column::new(Heading::State, 'S'),
    Column::bar(),
];
const AFFECTING: &[Column] = &[
    key(Heading::Advisory, 'A'),
    Column::new(Heading::Cves, 'V').with(Fit::Cut),
    Column::new(Heading::Kev, 'K').with(Fit::Keep),
    HOSTS,
    CONTAINERS,
    Column::new(Heading::HasFix, 'F'),
    Column::new(Heading::Epss, 'E'),
    Column::new(Heading::HostsUnknown, 'U'),
    Column::new(Heading::Summary, 'S').with(Fit::Cut),
    IMAGES,
    Column::new(Heading::Published, 'P'),
    Column::new(Heading::KevDue, 'D'),
    Column::new(Heading::Source, 'O').with(Fit::Cut),
    Column::new(Heading::Modified, 'M'),
];
const AFFECTED: &[Column] = &[
    Column::new(Heading::Verdict, 'D').with(Fit::Keep),
    key(Heading::Name, 'N'),
    key(Heading::Version, 'V'),
    Column::new(Heading::Fixed, 'F').with(Fit::CutLast),
    HOSTS,
    CONTAINERS,
    Column::new(Heading::Distro, 'O'),
    Column::new(Heading::Type, 'T'),
    IMAGES,
    Column::new(Heading::Advisory, 'A').with(Fit::Cut),
    Column::new(Heading::Reason, 'E').with(Fit::Cut),
    Column::new(Heading::Source, 'S').with(Fit::Cut),
    Column::new(Heading::Module, 'M').with(Fit::Cut),
];
const CONTENTS: &[Column] = &[
    key(Heading::Name, 'N'),
    key(Heading::Version, 'V'),
    Column::new(Heading::Type, 'T'),
    Column::new(Heading::Source, 'S'),
    Column::new(Heading::Purl, 'P').with(Fit::Cut),
    Column::new(Heading::Licenses, 'L').with(Fit::Cut),
    Column::new(Heading::Module, 'M'),
];
const CONTAINER_LIST: &[Column] = &[
    key(Heading::Host, 'H'),
    key(Heading::Name, 'N'),
    IMAGE_NAME,
    RUNNING_SINCE,
    IMAGE_DIGEST,
];

impl Subject {
    /// Its columns.
    pub(crate) const fn columns(&self) -> &'static [Column] {
        match self {
            Self::Grouped { by, .. } | Self::AffectedBy { by, .. } => match by {
                GroupBy::Name => NAMES,
                GroupBy::Version => VERSIONS,
                GroupBy::Image => IMAGES_COUNTED,
                GroupBy::Host => HOSTS_COUNTED,
                GroupBy::Type => TYPES,
                GroupBy::Distro => DISTROS,
            },
            Self::Found { .. } => FOUND,
            Self::Images => IMAGE_LIST,
            Self::Hosts => HOST_LIST,
            Self::Cover { .. } => COVER,
            Self::Diff { .. } => DIFF,
            Self::Changes { .. } => CHANGES,
            Self::Rollout { .. } => ROLLOUT,
            Self::Uncovered => UNCOVERED,
            Self::Affecting => AFFECTING,
            Self::Affected { .. } => AFFECTED,
            Self::Contents(_) => CONTENTS,
            Self::Containers { .. } => CONTAINER_LIST,
        }
    }
}
