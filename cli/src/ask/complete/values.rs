//! The values of each field that the server knows.

use proto_types::{Field, FindRequest, FindResult, GroupBy, ListContainers, ListHosts, Match, Op};

use super::{
    asking::{MOST, ask},
    images,
};
use crate::{ask::packages, completion::before};

/// How much of an artifact's name must be there before it is completed: one letter begins too many
/// names to help anyone.
const FEWEST_LETTERS: usize = 2;
/// So many containers are looked at for their names, and so many rows for what few of them have.
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
        Field::Module => modules(typed),
        Field::SourceVersion => {
            asked_source().map_or_else(Vec::new, |source| source_versions(&source))
        }
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
    keys(GroupBy::Version, is(Field::Name, name))
}

/// The artifact that the line is about: the first word behind the command that is no option.
fn asked_name() -> Option<String> {
    let words = before().iter().skip(2);
    let mut words = words.filter(|word| !word.starts_with('-'));
    words.next().cloned()
}

/// The source package that the line is about: that of a term, or the one called as the artifact.
fn asked_source() -> Option<String> {
    let term = before()
        .iter()
        .find_map(|word| word.strip_prefix("source="));
    term.map(str::to_owned).or_else(asked_name)
}

fn sources(typed: &str) -> Vec<String> {
    let results = results(prefixed(Field::Source, typed), MOST).into_iter();
    results.filter_map(|result| result.source).collect()
}

/// Versions of a source package.
fn source_versions(source: &str) -> Vec<String> {
    let results = results(is(Field::Source, source), LISTED).into_iter();
    results.filter_map(|result| result.source_version).collect()
}

/// Labels of rpm modules.
fn modules(typed: &str) -> Vec<String> {
    let results = results(prefixed(Field::Module, typed), LISTED).into_iter();
    results.filter_map(|result| result.module).collect()
}

/// The first rows that fit.
fn results(one: Match, limit: u64) -> Vec<FindResult> {
    let question = FindRequest {
        matches: vec![one],
        limit: Some(limit),
        ..FindRequest::default()
    };
    let results = ask(async |client| client.send(&question).await.ok()?.results);
    results.unwrap_or_default()
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

fn is(field: Field, value: &str) -> Match {
    Match {
        field,
        op: Op::Eq,
        value: value.to_owned(),
    }
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
