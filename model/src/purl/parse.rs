//! Takes a package URL apart as the specification says, from its end to its beginning.
//!
//! The crate packageurl, which exports are checked by, refuses what a type's definition doesn't
//! allow (a `swift` without a namespace, a `gem` with one). A host may have stored such a one, and
//! an answer that leaves it out would be no proof.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::{
    kind,
    package::{Purl, Version},
};
use crate::epoch;

/// Whether a word is meant as a package URL, and not as a name.
#[must_use]
pub fn is_purl(word: &str) -> bool {
    word.get(.."pkg:".len())
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("pkg:"))
}

impl Purl {
    /// Reads a package URL; `None` where a text isn't one. It forgives what can be understood: a
    /// host may have written it, or a person.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let rest = is_purl(text).then(|| text["pkg:".len()..].trim_start_matches('/'))?;
        let (rest, subpath) = rest.rsplit_once('#').unwrap_or((rest, ""));
        let (rest, qualifiers) = rest.rsplit_once('?').unwrap_or((rest, ""));
        let (kind, path) = rest.split_once('/')?;
        let kind = is_kind(kind).then(|| kind.to_ascii_lowercase())?;
        let (path, version) = split_version(path);
        let path = path.trim_matches('/');
        let (namespace, name) = path.rsplit_once('/').unwrap_or(("", path));
        let name = decoded(name).filter(|name| !name.is_empty())?;
        let (namespace, name) = kind::named(&kind, &segments(namespace)?, &name);
        let mut qualifiers = pairs(qualifiers)?;
        let epoch = match kind::has_epochs(&kind) {
            true => take_epoch(&mut qualifiers),
            false => None,
        };
        let version = Version::new(&kind, &decoded(version)?);
        Some(Self {
            namespace,
            name,
            version: version.map(|version| version.or_epoch(epoch)),
            qualifiers,
            subpath: segments(subpath)?,
            is_whole: true,
            kind,
        })
    }
}

fn is_kind(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(|one: char| one.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-+".contains(&byte))
}

/// Splits the version off. An `@` in front of a `/` begins a scope: `@babel/core`.
fn split_version(path: &str) -> (&str, &str) {
    match path.rsplit_once('@') {
        Some((path, version)) if !version.contains('/') => (path, version),
        _ => (path, ""),
    }
}

/// Takes the epoch out of the qualifiers: it belongs to the version.
fn take_epoch(qualifiers: &mut Vec<(String, String)>) -> Option<String> {
    let is_epoch = |(key, _): &mut (String, String)| key == "epoch";
    let epochs: Vec<_> = qualifiers.extract_if(.., is_epoch).collect();
    let mut values = epochs.into_iter().map(|(_, value)| value);
    values.find(|value| epoch::is_epoch(value))
}

/// The qualifiers, sorted; one without a value is none.
fn pairs(text: &str) -> Option<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    for pair in text.split('&') {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        if !value.is_empty() {
            pairs.push((key.to_ascii_lowercase(), decoded(value)?.into_owned()));
        }
    }
    pairs.sort_unstable();
    Some(pairs)
}

/// The parts of a path, decoded; empty ones and those that walk about don't count.
fn segments(path: &str) -> Option<String> {
    let parts = path
        .split('/')
        .filter(|part| !matches!(*part, "" | "." | ".."));
    let parts: Vec<_> = parts.map(decoded).collect::<Option<_>>()?;
    Some(parts.join("/"))
}

/// A part without its percent-encoding; `None` where that isn't text.
fn decoded(part: &str) -> Option<Cow<'_, str>> {
    percent_decode_str(part).decode_utf8().ok()
}
