//! Tags that move: `v4` of a GitHub action is whichever `4.x.y` is the newest at the time.

use crate::advisory::Event;

/// Whether a tag may be on either side of a bound, as it moves on: `v4` of `4.1.0`, and not of `4.0.0` or
/// `5.0.0`.
pub(super) fn may_pass(version: &str, bound: &Event) -> bool {
    let is_last = matches!(bound, Event::LastAffected(_));
    match behind(version, bound.version()) {
        // Any that the tag was put on is at least the first one.
        Some(rest) => is_last || rest.iter().any(|one| *one > 0),
        None => false,
    }
}

/// Whether a tag may have been put on a version that is listed.
pub(super) fn may_be(version: &str, listed: &str) -> bool {
    behind(version, listed).is_some()
}

/// The numbers of a version behind those that a tag names.
fn behind(tag: &str, version: &str) -> Option<Vec<u64>> {
    let tag = numbers(tag).filter(|tag| tag.len() < 3)?;
    let version = version.split(['-', '+']).next().unwrap_or_default();
    let version = numbers(version)?;
    let rest = version.strip_prefix(tag.as_slice())?;
    Some(rest.to_vec())
}

fn numbers(text: &str) -> Option<Vec<u64>> {
    let text = text.trim();
    let text = text.strip_prefix('v').unwrap_or(text);
    text.split('.').map(|one| one.parse().ok()).collect()
}
