//! Of what an advisory speaks: by which name it means an artifact.

use super::subject::Subject;
use crate::{
    advisory::{Affected, Family, Maven, major, of_package},
    fields::ArtifactFields,
};

/// By which of its names an artifact is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Its own.
    Own,
    /// That of the source package that it was built from.
    Source,
    /// Its own, if it is of the group that the advisory names; which it is of isn't known.
    OwnOfSomeGroup,
    /// That of a Go module without the major version in its path.
    WithoutMajor,
}

/// By which name an entry means an artifact; `None` where it is about another one.
///
/// Distributions name the source package (Debian, Ubuntu, Alpine, SUSE) or the binary one (AlmaLinux,
/// whatever the schema says), and some both, so either fits.
pub(super) fn means<A: ArtifactFields>(
    family: Family,
    entry: &Affected,
    subject: &Subject<'_, A>,
) -> Option<By> {
    let named = &subject.named;
    if family.purl_type() != named.purl_type {
        return None;
    }
    let name = of_package(family, &entry.name);
    let is_own = name == named.name;
    let is_source = named.source.as_deref() == Some(&*name);
    match (is_own, is_source) {
        (false, false) => {
            let (base, major) = named.without_major.as_ref()?;
            let is_base = *base == name && major::may_mean(entry, *major);
            is_base.then_some(By::WithoutMajor)
        }
        (true, false) if family == Family::Maven => {
            let asked = Maven::new(&entry.name).group;
            by_group(asked, named.group.as_deref(), &named.name)
        }
        (true, false) => Some(By::Own),
        (false, true) => Some(By::Source),
        (true, true) => Some(of_both(subject)),
    }
}

/// Of a package that is called like its source. The file name of a source rpm has no epoch, so there
/// the package's own version says more; a deb may have been rebuilt alone, so there the source's does.
fn of_both<A: ArtifactFields>(subject: &Subject<'_, A>) -> By {
    let has_version = subject
        .artifact
        .source_version()
        .is_some_and(|version| !version.is_empty());
    match subject.artifact.artifact_type() {
        "rpm" => By::Own,
        _ if has_version => By::Source,
        _ => By::Own,
    }
}

/// Of a Java archive: its group must be the one that is asked for. A guessed one may be any.
fn by_group(asked: Option<&str>, group: Option<&str>, name: &str) -> Option<By> {
    match (asked, group) {
        (Some(asked), Some(group)) if asked == group => Some(By::Own),
        (Some(asked), Some(group)) if !may_be_guessed(group, asked, name) => None,
        _ => Some(By::OwnOfSomeGroup),
    }
}

/// Whether a scanner may have guessed a group, where an archive names none: it takes what a bundle, a module or a
/// class is called, which begins the group that is asked for, goes on from it, or ends in the artifact's name.
fn may_be_guessed(group: &str, asked: &str, name: &str) -> bool {
    let goes_on = |long: &str, short: &str| {
        let rest = long.strip_prefix(short);
        rest.is_some_and(|rest| rest.starts_with('.'))
    };
    let letters =
        |text: &str| -> String { text.chars().filter(|one| one.is_alphanumeric()).collect() };
    goes_on(asked, group) || goes_on(group, asked) || letters(group).ends_with(&letters(name))
}
