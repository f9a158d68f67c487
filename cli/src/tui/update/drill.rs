//! Where each row leads: one level down, and sideways to its artifacts, images, containers, hosts.

use proto_types::{Artifact, Field, FindResult, GroupBy, Match};

use crate::tui::{
    item::{Item, image_label},
    keymap::Action,
    state::{Level, Subject, is},
};

/// A level to go to.
pub(super) struct Way {
    /// What it lists.
    pub(super) subject: Subject,
    /// The key of the row that is selected there.
    pub(super) key: Option<String>,
    /// What the breadcrumbs call it, where that isn't the row's own name.
    pub(super) crumb: Option<String>,
}

impl From<Subject> for Way {
    fn from(subject: Subject) -> Self {
        // A host's containers are the host's, whichever row led there.
        let crumb = match &subject {
            Subject::Containers {
                host: Some(host), ..
            } => Some(host.clone()),
            _ => None,
        };
        Self {
            subject,
            key: None,
            crumb,
        }
    }
}

/// One level down from a row.
pub(super) fn down(level: &Level, item: &Item) -> Option<Way> {
    let of = narrowed(level, item);
    let has_artifact = level.subject.artifact_name().is_some();
    Some(match item {
        Item::Group(GroupBy::Name, _) => Subject::grouped(GroupBy::Version, of).into(),
        Item::Group(GroupBy::Version, _) => Subject::grouped(GroupBy::Image, of).into(),
        Item::Group(GroupBy::Image | GroupBy::Host, _) if has_artifact => {
            Subject::Found { of }.into()
        }
        Item::Group(GroupBy::Host, _) | Item::Host(_) => on_host(item.host()?).into(),
        Item::OnHost(_) => Subject::Found { of }.into(),
        Item::Cover(_) => Subject::Found { of }.into(),
        Item::Differs(one) => {
            Subject::grouped(GroupBy::Version, vec![is(Field::Name, &one.name)]).into()
        }
        Item::Change(one) => match &one.artifact {
            Some(artifact) => Way {
                key: Some(format!("{}\0{}", artifact.artifact_type, artifact.version)),
                crumb: Some(artifact.name.clone()),
                subject: Subject::grouped(GroupBy::Version, vec![is(Field::Name, &artifact.name)]),
            },
            None => {
                let host = item.host()?;
                Way {
                    key: one.container.as_ref().map(|name| format!("{host}\0{name}")),
                    ..on_host(host).into()
                }
            }
        },
        // What is in an image that has no SBOM isn't known, but who runs it and could scan it is.
        Item::Advisory(one) => affected(&one.advisory.id).into(),
        Item::Judged(_) => Subject::grouped(GroupBy::Image, of).into(),
        Item::Uncovered(_) => match item.host() {
            Some(host) => on_host(host).into(),
            None => on_image(item)?.into(),
        },
        Item::Group(GroupBy::Image, _) | Item::Image(_) => Subject::Contents(item.digest()?).into(),
        Item::Container(container) => Way {
            crumb: Some(image_label(Some(&container.image_name), "")),
            ..Subject::Contents(container.image_digest).into()
        },
        Item::Group(..) => return None,
        Item::Found(found) => Way {
            key: Some(format!("{}\0{}", found.host, found.container)),
            ..on_host(&found.host).into()
        },
        Item::Artifact(artifact) => Way {
            key: Some(format!("{}\0{}", artifact.artifact_type, artifact.version)),
            crumb: Some(artifact.name.clone()),
            subject: Subject::grouped(GroupBy::Version, vec![is(Field::Name, &artifact.name)]),
        },
    })
}

/// Sideways from a row.
pub(super) fn aside(level: &Level, item: &Item, to: Action) -> Option<Way> {
    let of = narrowed(level, item);
    let of_artifact = of.iter().any(|one| one.field == Field::Name);
    let subject = match (to, item) {
        (Action::Changes, _) => Subject::Changes {
            host: Some(item.host()?.to_owned()),
        },
        (_, Item::Uncovered(_)) => of_uncovered(to, item)?,
        (_, Item::Advisory(one)) => of_advisory(to, &one.advisory.id)?,
        (Action::Artifacts, Item::Group(GroupBy::Host, _) | Item::Host(_) | Item::OnHost(_)) => {
            Subject::grouped(GroupBy::Name, vec![is(Field::Host, item.host()?)])
        }
        (Action::Artifacts, _) => Subject::Contents(item.digest()?),
        (Action::Images, Item::Image(_)) => return None,
        (Action::Images, _) => Subject::grouped(GroupBy::Image, of),
        (Action::Containers, Item::Group(GroupBy::Image, _)) if of_artifact => {
            Subject::Found { of }
        }
        (Action::Containers | Action::Hosts, Item::Image(_)) => on_image(item)?,
        (
            Action::Containers,
            Item::Group(GroupBy::Image, _) | Item::Container(_) | Item::Found(_),
        ) => on_image(item)?,
        (Action::Containers, Item::Host(_)) => on_host(item.host()?),
        (Action::Containers, Item::Change(one)) if one.artifact.is_none() => on_image(item)?,
        (Action::Containers, _) => Subject::Found { of },
        (Action::Hosts, Item::Host(_) | Item::Group(GroupBy::Host, _) | Item::OnHost(_)) => {
            return None;
        }
        (Action::Hosts, Item::Change(one)) if one.artifact.is_none() => on_host(item.host()?),
        (Action::Hosts, Item::Container(_) | Item::Found(_)) => on_host(item.host()?),
        (Action::Hosts, _) => Subject::grouped(GroupBy::Host, of),
        _ => return None,
    };
    let mut way = Way::from(subject);
    if let (Subject::Contents(_), Some(name)) = (&way.subject, item.image_name()) {
        way.crumb = Some(image_label(Some(name), ""));
    }
    Some(way)
}

/// What an advisory speaks of.
pub(super) fn affected(id: &str) -> Subject {
    Subject::Affected { id: id.to_owned() }
}

/// Sideways from an advisory: to what is affected by it.
fn of_advisory(to: Action, id: &str) -> Option<Subject> {
    let by = match to {
        Action::Artifacts => return Some(affected(id)),
        Action::Images => GroupBy::Image,
        Action::Hosts => GroupBy::Host,
        _ => return None,
    };
    let id = id.to_owned();
    Some(Subject::AffectedBy { id, by })
}

/// Sideways from a host or an image that is not covered.
fn of_uncovered(to: Action, item: &Item) -> Option<Subject> {
    Some(match (to, item.host()) {
        (Action::Artifacts, Some(host)) => {
            Subject::grouped(GroupBy::Name, vec![is(Field::Host, host)])
        }
        (Action::Images, Some(host)) => {
            Subject::grouped(GroupBy::Image, vec![is(Field::Host, host)])
        }
        (Action::Containers, Some(host)) => on_host(host),
        (Action::Artifacts, None) => Subject::Contents(item.digest()?),
        (Action::Containers | Action::Hosts, None) => on_image(item)?,
        _ => return None,
    })
}

/// What to rebuild first, so that what a level is about, its filter included, is gone.
pub(super) fn cover(level: &Level, item: Option<&Item>) -> Option<Way> {
    let of = match item {
        _ if level.subject.artifact_name().is_some() && level.subject.is_found() => {
            let all = level.subject.of().iter().chain(&level.matches);
            all.cloned().collect()
        }
        Some(item @ (Item::Group(GroupBy::Name, _) | Item::Artifact(_) | Item::Judged(_))) => {
            narrowed(level, item)
        }
        _ => return None,
    };
    Some(Way {
        crumb: Some("rebuild".to_owned()),
        ..Subject::Cover { of }.into()
    })
}

/// The map of the artifact that a level is about, or that a row is.
pub(super) fn rollout(level: &Level, item: Option<&Item>) -> Option<Way> {
    let of = match item {
        _ if level.subject.artifact_name().is_some() => level.subject.of().to_vec(),
        Some(item @ (Item::Group(GroupBy::Name, _) | Item::Artifact(_) | Item::Judged(_))) => {
            narrowed(level, item)
        }
        _ => return None,
    };
    // Its other versions and images are what a rollout is about.
    let is_kept = |one: &&Match| matches!(one.field, Field::Name | Field::Type);
    let kept: Vec<Match> = of.iter().filter(is_kept).cloned().collect();
    let name = of.iter().find(|one| one.field == Field::Name)?;
    let name = name.value.clone();
    let is_named = level.subject.artifact_name().is_some();
    let crumb = if is_named { "map".to_owned() } else { name };
    // The versions that led here are those that are looked for.
    let of_level = level.subject.of().iter().chain(&level.matches);
    let is_version = |one: &&Match| matches!(one.field, Field::Version | Field::SourceVersion);
    let affected = of_level.filter(is_version).cloned().collect();
    Some(Way {
        crumb: Some(crumb),
        ..Subject::Rollout { of: kept, affected }.into()
    })
}

fn on_host(host: &str) -> Subject {
    Subject::Containers {
        host: Some(host.to_owned()),
        image: None,
    }
}

fn on_image(item: &Item) -> Option<Subject> {
    Some(Subject::Containers {
        host: None,
        image: Some(item.digest()?),
    })
}

/// What a row stands for, as matches. Of the level's own filter nothing is in them.
pub(super) fn narrowed(level: &Level, item: &Item) -> Vec<Match> {
    let mut of = level.subject.of().to_vec();
    match item {
        Item::Group(by, group) => {
            of.push(is(field_of(*by), &group.key));
            if let (GroupBy::Version, Some(label)) = (by, &group.label) {
                of.push(is(Field::Type, label));
            }
        }
        Item::Found(found) => return of_found(found),
        Item::Artifact(artifact) => return of_artifact(artifact),
        // Of the images of one distribution, since elsewhere it may mean something else.
        Item::Judged(one) => {
            of = of_artifact(&one.artifact);
            of.push(is(Field::Distro, &one.distro));
            of.push(is(Field::DistroVersion, &one.distro_version));
        }
        Item::Advisory(_) => {}
        Item::Image(image) => of.push(is(Field::ImageDigest, image.digest.to_string())),
        Item::Container(one) => of.push(is(Field::ImageDigest, one.image_digest.to_string())),
        Item::Uncovered(one) => of.push(match one.digest {
            Some(digest) => is(Field::ImageDigest, digest.to_string()),
            None => is(Field::Host, &one.name),
        }),
        Item::Host(host) => of.push(is(Field::Host, &host.name)),
        Item::OnHost(one) => of.push(is(Field::Host, &one.host)),
        Item::Cover(one) => of.push(is(Field::ImageDigest, one.image_digest.to_string())),
        Item::Differs(one) => {
            return vec![
                is(Field::Name, &one.name),
                is(Field::Type, &one.artifact_type),
            ];
        }
        Item::Change(one) => match (&one.artifact, one.image_digest) {
            (Some(artifact), _) => return of_artifact(artifact),
            (None, Some(digest)) => of.push(is(Field::ImageDigest, digest.to_string())),
            (None, None) => {}
        },
    }
    of.dedup();
    of
}

const fn field_of(by: GroupBy) -> Field {
    match by {
        GroupBy::Version => Field::Version,
        GroupBy::Name => Field::Name,
        GroupBy::Type => Field::Type,
        GroupBy::Image => Field::ImageDigest,
        GroupBy::Host => Field::Host,
        GroupBy::Distro => Field::Distro,
    }
}

fn of_found(found: &FindResult) -> Vec<Match> {
    vec![
        is(Field::Name, &found.name),
        is(Field::Version, &found.version),
        is(Field::Type, &found.artifact_type),
    ]
}

pub(super) fn of_artifact(artifact: &Artifact) -> Vec<Match> {
    vec![
        is(Field::Name, &artifact.name),
        is(Field::Version, &artifact.version),
        is(Field::Type, &artifact.artifact_type),
    ]
}
