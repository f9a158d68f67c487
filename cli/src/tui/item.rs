//! A row of any list, with what identifies it and what a filter may look at.

use proto_types::{
    Artifact, Change, CoverImage, Field, FindResult, Group, GroupBy, Host, ImageSummary,
    RunningContainer,
};

use super::{rollout::OnHost, uncovered::Uncovered};
use crate::output::{Cell, Heading, Row, diff::DiffRow, rows::groups};

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
            Self::Uncovered(one) => match &one.digest {
                Some(digest) => image_label(Some(&one.name), &digest.to_string()),
                None => one.name.clone(),
            },
        }
    }

    /// What a bare word in a filter is looked for in, where the list's rows have states: names, state,
    /// reason.
    pub(crate) fn words(&self) -> Vec<&str> {
        match self {
            Self::Image(image) => {
                let names = image.names.iter().map(String::as_str);
                names.chain([image.state.as_str()]).collect()
            }
            Self::Host(host) => vec![&host.name, host.state.as_str()],
            Self::Differs(one) => {
                let versions = one.from.iter().chain(&one.to).map(String::as_str);
                versions.chain([one.name.as_str(), one.change]).collect()
            }
            Self::Change(one) => {
                let run = [&one.host, &one.container, &one.image_name];
                let run = run.into_iter().flatten().map(String::as_str);
                let artifact = one.artifact.iter();
                let artifact = artifact.flat_map(|one| [one.name.as_str(), one.version.as_str()]);
                run.chain(artifact).chain([one.kind.as_str()]).collect()
            }
            Self::OnHost(one) => {
                let version = one.release.as_ref().map(|one| one.version.as_str());
                let state = one.state.map(|state| state.as_str());
                let host = [one.host.as_str()].into_iter();
                host.chain(version).chain(state).collect()
            }
            Self::Uncovered(one) => {
                let reason = one.reason.as_deref().unwrap_or_default();
                vec![&one.name, one.kind, one.state.word(), reason]
            }
            _ => Vec::new(),
        }
    }

    /// The texts that it has for a field; none where the field says nothing of such a row, or is an
    /// artifact's own.
    pub(crate) fn texts(&self, field: Field) -> Vec<&str> {
        match self {
            Self::Group(..) | Self::Found(_) | Self::Artifact(_) => Vec::new(),
            Self::Image(image) => match field {
                Field::ImageName => image.names.iter().map(String::as_str).collect(),
                Field::Distro => vec![&image.distro],
                Field::DistroVersion => vec![&image.distro_version],
                _ => Vec::new(),
            },
            Self::Host(host) => match field {
                Field::Host => vec![&host.name],
                _ => Vec::new(),
            },
            Self::Container(container) => match field {
                Field::Host => vec![&container.host],
                Field::Container => vec![&container.name],
                Field::ImageName => vec![&container.image_name],
                _ => Vec::new(),
            },
            Self::Cover(one) => match field {
                Field::ImageName => vec![&one.image_name],
                _ => Vec::new(),
            },
            Self::Differs(one) => match field {
                Field::Name => vec![&one.name],
                Field::Type => vec![&one.artifact_type],
                _ => Vec::new(),
            },
            Self::Change(one) => {
                let text = match field {
                    Field::Host => one.host.as_deref(),
                    Field::Container => one.container.as_deref(),
                    Field::ImageName => one.image_name.as_deref(),
                    Field::Name => one.artifact.as_ref().map(|one| one.name.as_str()),
                    _ => None,
                };
                text.into_iter().collect()
            }
            Self::OnHost(one) => match (field, &one.release) {
                (Field::Host, _) => vec![&one.host],
                (Field::Version, Some(release)) => vec![&release.version],
                (Field::Type, Some(release)) => vec![&release.artifact_type],
                _ => Vec::new(),
            },
            Self::Uncovered(one) => match (field, one.as_host()) {
                (Field::Host, Some(host)) => vec![host],
                (Field::ImageName, None) => vec![&one.name],
                _ => Vec::new(),
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
            | Self::OnHost(_) => None,
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
