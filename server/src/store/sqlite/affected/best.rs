//! The best that any imported feed lists of where packages are from.

use model::{
    advisory::Family,
    source,
    verdict::{Distro, FeedKind, can_speak, origin},
};

use crate::store::query::affected::AffectedQuery;

/// Of where an artifact of this type is from in an image of this distribution.
pub fn of_artifact(kind: &str, distro: Distro<'_>, query: &AffectedQuery) -> Option<FeedKind> {
    match source::is_of_distribution(kind) {
        true => of_distro(distro, query),
        false => of_registry(Family::named(&origin(kind, distro)), query),
    }
}

/// Of a distribution.
pub fn of_distro(distro: Distro<'_>, query: &AffectedQuery) -> Option<FeedKind> {
    let feeds = query.feeds.iter().flat_map(|feeds| feeds.iter());
    let of_it = feeds.filter(|(one, _)| can_speak(one, distro));
    of_it.map(|(_, kind)| *kind).max()
}

/// Of a registry.
pub fn of_registry(family: Option<Family>, query: &AffectedQuery) -> Option<FeedKind> {
    let feeds = query.feeds.iter().flat_map(|feeds| feeds.iter());
    let of_it = feeds.filter(|(one, _)| family.is_some() && one.family() == family);
    of_it.map(|(_, kind)| *kind).max()
}
