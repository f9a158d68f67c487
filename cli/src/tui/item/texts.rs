//! What a filter looks at of a row.

use proto_types::{Field, GroupBy};

use super::row::Item;

impl Item {
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
            Self::Advisory(one) => {
                let advisory = &one.advisory;
                let ids = [&advisory.id, &advisory.source, &advisory.summary];
                let ids = ids.into_iter().chain(&advisory.cves).map(String::as_str);
                ids.chain(one.kev.as_ref().map(|_| "kev")).collect()
            }
            Self::Judged(one) => {
                let said = [&one.artifact.name, &one.artifact.version, &one.reason];
                let said = said.into_iter().map(String::as_str);
                let of = [&one.distro, &one.advisory].map(String::as_str);
                said.chain(of).chain([one.verdict.as_str()]).collect()
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
            Self::Group(GroupBy::Host, group) if field == Field::Host => vec![&group.key],
            Self::Group(GroupBy::Image, group) if field == Field::ImageName => {
                group.label.iter().map(String::as_str).collect()
            }
            Self::Group(..) | Self::Found(_) | Self::Artifact(_) | Self::Advisory(_) => Vec::new(),
            Self::Judged(one) => match field {
                Field::Distro => vec![&one.distro],
                Field::DistroVersion => vec![&one.distro_version],
                _ => Vec::new(),
            },
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
}
