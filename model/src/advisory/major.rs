//! Major versions in the paths of Go modules: `example.com/x/v2` is `example.com/x` from 2.0.0 on.

use super::{Affected, Event, Range};

/// The path without its major version, and that; `None` where the path has none.
pub(crate) fn split(path: &str) -> Option<(&str, u64)> {
    let (base, last) = path.rsplit_once('/')?;
    let major: u64 = last.strip_prefix('v')?.parse().ok()?;
    (major >= 2 && last == format!("v{major}")).then_some((base, major))
}

/// Whether an entry that names a module without a major version may mean this one: it says something of
/// its versions or of later ones, or of all that follow.
pub(crate) fn may_mean(entry: &Affected, major: u64) -> bool {
    reaches(entry, major) || entry.ranges.iter().any(goes_on)
}

/// Whether an entry says something of the versions of this major version, or of later ones.
pub(crate) fn reaches(entry: &Affected, major: u64) -> bool {
    let events = entry.ranges.iter().flat_map(|range| &range.events);
    let named = events.filter(|event| !is_fixed_by(event, major));
    let named = named.map(Event::version);
    let listed = entry.versions.iter().map(String::as_str);
    let mut majors = named.chain(listed).filter_map(of_version);
    majors.any(|one| one >= major)
}

/// Whether the first version of a major version is what fixes it: what is vulnerable is of others.
fn is_fixed_by(event: &Event, major: u64) -> bool {
    let first = format!("{major}.0.0");
    matches!(event, Event::Fixed(fix) if fix.strip_prefix('v').unwrap_or(fix) == first)
}

/// Whether nothing ends a range.
fn goes_on(range: &Range) -> bool {
    let is_begun = |event: &&Event| matches!(event, Event::Introduced(_));
    let is_ended = |event: &&Event| match event {
        Event::Introduced(_) => false,
        Event::Limit(limit) => limit != "*",
        Event::Fixed(_) | Event::LastAffected(_) => true,
    };
    let events = || range.events.iter();
    events().filter(is_begun).count() > events().filter(is_ended).count()
}

fn of_version(version: &str) -> Option<u64> {
    let version = version.strip_prefix('v').unwrap_or(version);
    let first = version.split(['.', '-', '+']).next()?;
    first.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_major_version_is_the_last_part_of_a_path_from_2_on() {
        assert_eq!(split("example.com/x/v2"), Some(("example.com/x", 2)));
        assert_eq!(split("example.com/x/v12"), Some(("example.com/x", 12)));
        for path in [
            "example.com/x",
            "example.com/x/v1",
            "example.com/x/v02",
            "example.com/v2/x",
            "gopkg.in/yaml.v2",
            "v2",
        ] {
            assert_eq!(split(path), None, "{path}");
        }
    }
}
