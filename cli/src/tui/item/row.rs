//! The kinds of rows, what identifies each, and what it has in a column.

use proto_types::{
    AffectingAdvisory, Artifact, Change, CoverImage, FindResult, Group, GroupBy, Host,
    ImageSummary, RunningContainer,
};

use crate::{
    output::{Cell, Heading, Row, Tone, diff::DiffRow, rows::groups},
    tui::{judged::Judged, rollout::OnHost, uncovered::Uncovered},
};

/// A row of any list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    /// Answers that were counted by something.
    Group(GroupBy, Group),
    /// An artifact in a container.
    Found(Box<FindResult>),
    /// An image.
    Image(Box<ImageSummary>),
    /// A host.
    Host(Box<Host>),
    /// An artifact of an image.
    Artifact(Artifact),
    /// A container.
    Container(Box<RunningContainer>),
    /// An image to rebuild.
    Cover(Box<CoverImage>),
    /// Something that two sides hold differently.
    Differs(Box<DiffRow>),
    /// Something that changed.
    Change(Box<Change>),
    /// What a host runs of an artifact.
    OnHost(Box<OnHost>),
    /// A host or an image that is not covered.
    Uncovered(Box<Uncovered>),
    /// An advisory, and how much of what runs it is about.
    Advisory(Box<AffectingAdvisory>),
    /// What an advisory means for an artifact.
    Judged(Box<Judged>),
}

impl Item {
    /// What stays the same from one answer to the next, so that the cursor finds it again.
    pub(crate) fn key(&self) -> String {
        match self {
            Self::Group(_, group) => match &group.label {
                // An image's label is one of its names, and may change.
                Some(label) if group.key.parse::<proto_types::ImageDigest>().is_err() => {
                    format!("{label}\0{}", group.key)
                }
                _ => group.key.clone(),
            },
            Self::Found(found) => format!(
                "{}\0{}\0{}\0{}\0{}",
                found.host, found.container, found.artifact_type, found.name, found.version
            ),
            Self::Image(image) => image.digest.to_string(),
            Self::Host(host) => host.name.clone(),
            Self::Artifact(artifact) => {
                let Artifact {
                    artifact_type,
                    name,
                    version,
                    ..
                } = artifact;
                format!("{artifact_type}\0{name}\0{version}")
            }
            Self::Container(container) => format!("{}\0{}", container.host, container.name),
            Self::Cover(one) => one.image_digest.to_string(),
            Self::Differs(one) => format!("{}\0{}\0{}", one.artifact_type, one.name, one.change),
            Self::Change(one) => {
                let [host, container] = [&one.host, &one.container].map(|one| one.as_deref());
                let artifact = one.artifact.as_ref();
                let named = artifact.map(|one| [&one.name, &one.version, &one.artifact_type]);
                format!(
                    "{}\0{}\0{host:?}\0{container:?}\0{named:?}",
                    one.at, one.kind
                )
            }
            Self::OnHost(one) => one.host.clone(),
            // An image may be there for two reasons.
            Self::Uncovered(one) => format!("{}\0{}", one.state.word(), one.name()),
            Self::Advisory(one) => one.advisory.id.clone(),
            Self::Judged(one) => {
                let Artifact {
                    artifact_type,
                    name,
                    version,
                    ..
                } = &one.artifact;
                let (distro, release) = (&one.distro, &one.distro_version);
                format!("{artifact_type}\0{name}\0{version}\0{distro}\0{release}")
            }
        }
    }

    /// What it has in a column.
    pub(crate) fn cell(&self, heading: Heading) -> Cell {
        match self {
            Self::Group(by, group) => groups::cell(group, *by, heading),
            Self::Found(found) => found.cell(heading),
            Self::Image(image) => image.cell(heading),
            Self::Host(host) => host.cell(heading),
            Self::Artifact(artifact) => artifact.cell(heading),
            Self::Container(container) => container.cell(heading),
            Self::Cover(one) => one.cell(heading),
            Self::Differs(one) => one.cell(heading),
            Self::Change(one) => one.cell(heading),
            Self::OnHost(one) => one.cell(heading),
            Self::Uncovered(one) => one.cell(heading),
            Self::Advisory(one) => one.cell(heading),
            Self::Judged(one) => one.cell(heading),
        }
    }

    /// Whether it is known to be exploited.
    pub(crate) const fn is_exploited(&self) -> bool {
        matches!(self, Self::Advisory(one) if one.kev.is_some())
    }

    /// How bad a cell of it is.
    pub(crate) const fn tone(&self, heading: Heading, cell: &Cell) -> Tone {
        match (self.is_exploited(), heading) {
            (true, Heading::Advisory | Heading::Kev) => Tone::Bad,
            _ => cell.tone(),
        }
    }

    /// As which column's a cell is cut where it is too wide.
    pub(crate) fn cut_as(&self, heading: Heading) -> Heading {
        match (self, heading) {
            (Self::Uncovered(one), Heading::Name) if one.digest.is_some() => Heading::ImageName,
            _ => heading,
        }
    }

    /// What a breadcrumb calls it.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::Group(GroupBy::Image, group) => image_label(group.label.as_deref(), &group.key),
            Self::Group(_, group) => group.key.clone(),
            Self::Found(found) => found.container.clone(),
            Self::Image(image) => image_label(
                image.names.first().map(String::as_str),
                &image.digest.to_string(),
            ),
            Self::Host(host) => host.name.clone(),
            Self::Artifact(artifact) => format!("{} {}", artifact.name, artifact.version),
            Self::Container(container) => container.name.clone(),
            Self::Cover(one) => image_label(Some(&one.image_name), &one.image_digest.to_string()),
            Self::Differs(one) => one.name.clone(),
            Self::Change(one) => match &one.artifact {
                Some(artifact) => format!("{} {}", artifact.name, artifact.version),
                None => one.container.clone().unwrap_or_default(),
            },
            Self::OnHost(one) => one.host.clone(),
            Self::Advisory(one) => one.advisory.id.clone(),
            Self::Judged(one) => format!("{} {}", one.artifact.name, one.artifact.version),
            Self::Uncovered(one) => match &one.digest {
                Some(digest) => image_label(Some(&one.name), &digest.to_string()),
                None => one.name.clone(),
            },
        }
    }

    /// Its image's digest in full, where it has one.
    pub(crate) fn digest(&self) -> Option<proto_types::ImageDigest> {
        match self {
            Self::Group(GroupBy::Image, group) => group.key.parse().ok(),
            Self::Found(found) => Some(found.image_digest),
            Self::Image(image) => Some(image.digest),
            Self::Container(container) => Some(container.image_digest),
            Self::Cover(one) => Some(one.image_digest),
            Self::Change(one) => one.image_digest,
            Self::Uncovered(one) => one.digest,
            Self::Group(..)
            | Self::Host(_)
            | Self::Artifact(_)
            | Self::Differs(_)
            | Self::OnHost(_)
            | Self::Advisory(_)
            | Self::Judged(_) => None,
        }
    }

    /// The name that its image was started by, where it is a container.
    pub(crate) fn image_name(&self) -> Option<&str> {
        match self {
            Self::Found(found) => Some(&found.image_name),
            Self::Container(container) => Some(&container.image_name),
            Self::Change(one) => one.image_name.as_deref(),
            _ => None,
        }
    }

    /// Its host, where it has one.
    pub(crate) fn host(&self) -> Option<&str> {
        match self {
            Self::Group(GroupBy::Host, group) => Some(&group.key),
            Self::Found(found) => Some(&found.host),
            Self::Host(host) => Some(&host.name),
            Self::Container(container) => Some(&container.host),
            Self::Change(one) => one.host.as_deref(),
            Self::OnHost(one) => Some(&one.host),
            Self::Uncovered(one) => one.as_host(),
            _ => None,
        }
    }

    /// What of it can be compared with another: its image, or its host at a moment.
    pub(crate) fn side(&self, at: Option<jiff::Timestamp>) -> Option<String> {
        let image = self.digest().map(|digest| digest.to_string());
        let host = || self.host().map(|host| format!("host:{host}"));
        let host = || match at {
            Some(at) => host().map(|host| format!("{host}@{at}")),
            None => host(),
        };
        image.or_else(host)
    }

    /// How many containers it stands for, for its bar.
    pub(crate) fn containers(&self) -> u64 {
        match self {
            Self::Group(_, group) => group.containers,
            Self::Image(image) => image.containers,
            Self::Host(host) => host.containers,
            Self::Cover(one) => one.containers,
            Self::OnHost(one) => one.containers,
            Self::Uncovered(one) => one.containers,
            Self::Advisory(one) => one.affected.containers,
            Self::Judged(one) => one.containers,
            Self::Found(_)
            | Self::Artifact(_)
            | Self::Container(_)
            | Self::Change(_)
            | Self::Differs(_) => 0,
        }
    }
}

/// The last part of an image's name, or the first digits of its digest.
pub(crate) fn image_label(name: Option<&str>, digest: &str) -> String {
    match name.filter(|name| !name.is_empty()) {
        Some(name) => name.rsplit('/').next().unwrap_or(name).to_owned(),
        None => digest.chars().take("sha256:".len() + 12).collect(),
    }
}
