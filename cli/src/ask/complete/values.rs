//! The values of each field that the server knows.

use proto_types::{Field, FindRequest, GroupBy, ListContainers, ListHosts, Match, Op};

use super::{
    asking::{MOST, ask},
    images,
};
use crate::{ask::packages, completion::before};

/// How much of an artifact's name must be there before it is completed: one letter begins too many
/// names to help anyone.
const FEWEST_LETTERS: usize = 2;
/// So many containers are looked at for their names.
const LISTED: u64 = 1000;

/// Values of a field that may begin like this.
pub(super) fn of(field: Field, typed: &str) -> Vec<String> {
    match field {
        Field::Name => names(typed),
        Field::Purl => purls(typed),
        Field::Source => sources(typed),
        Field::Version => asked_name().map_or_else(Vec::new, |name| versions(&name)),
        Field::Type => keys(GroupBy::Type, prefixed(Field::Type, typed)),
        Field::Distro => distros(|distro, _| distro),
        Field::DistroVersion => distros(|_, version| version),
        Field::ImageName => images::full_names(typed),
        Field::ImageDigest => images::digests(typed),
        Field::Container => containers(),
        Field::Host => hosts(),
        Field::Module | Field::SourceVersion => Vec::new(),
    }
}

/// The hosts.
pub(super) fn hosts() -> Vec<String> {
    let hosts = ask(async |client| Some(client.send(&ListHosts {}).await.ok()?.hosts));
    let hosts = hosts.unwrap_or_default().into_iter();
    hosts.map(|host| host.name).collect()
}

/// Names of artifacts.
pub(super) fn names(typed: &str) -> Vec<String> {
    if typed.chars().count() < FEWEST_LETTERS {
        return Vec::new();
    }
    ask(async |client| packages::beginning_with(client, typed, MOST).await).unwrap_or_default()
}

/// Package URLs.
pub(super) fn purls(typed: &str) -> Vec<String> {
    let purls = ask(async |client| packages::purls_beginning_with(client, typed, MOST).await);
    purls.unwrap_or_default().into_iter().collect()
}

/// Versions of the artifacts of a name.
pub(super) fn versions(name: &str) -> Vec<String> {
    let named = Match {
        field: Field::Name,
        op: Op::Eq,
        value: name.to_owned(),
    };
    keys(GroupBy::Version, named)
}

/// The artifact that the line is about: the first word behind the command that is no option.
fn asked_name() -> Option<String> {
    let words = before().iter().skip(2);
    let mut words = words.filter(|word| !word.starts_with('-'));
    words.next().cloned()
}

fn sources(typed: &str) -> Vec<String> {
    let question = FindRequest {
        matches: vec![prefixed(Field::Source, typed)],
        limit: Some(MOST),
        ..FindRequest::default()
    };
    let results = ask(async |client| client.send(&question).await.ok()?.results);
    let results = results.unwrap_or_default().into_iter();
    results.filter_map(|result| result.source).collect()
}

fn containers() -> Vec<String> {
    let request = ListContainers {
        limit: Some(LISTED),
        ..ListContainers::default()
    };
    let running = ask(async |client| Some(client.send(&request).await.ok()?.containers));
    let running = running.unwrap_or_default().into_iter();
    running.map(|one| one.name).collect()
}

/// A part of each distribution with its version: `debian 12`.
fn distros(part: impl Fn(String, String) -> String) -> Vec<String> {
    let all = keys(GroupBy::Distro, prefixed(Field::Distro, ""));
    let parts = all.iter().filter_map(|distro| {
        let (name, version) = distro.split_once(' ')?;
        Some(part(name.to_owned(), version.to_owned()))
    });
    parts.collect()
}

fn prefixed(field: Field, typed: &str) -> Match {
    Match {
        field,
        op: Op::Prefix,
        value: typed.to_owned(),
    }
}

fn keys(by: GroupBy, one: Match) -> Vec<String> {
    let question = FindRequest {
        matches: vec![one],
        group_by: Some(by),
        limit: Some(MOST),
        ..FindRequest::default()
    };
    let groups = ask(async |client| client.send(&question).await.ok()?.groups);
    let groups = groups.unwrap_or_default().into_iter();
    groups.map(|group| group.key).collect()
}
