//! Times as text: for people "3d ago", for programs RFC 3339.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{
    Timestamp,
    tz::{Offset, TimeZone},
};

/// How many digits of a second programs get.
const MILLISECONDS: usize = 3;

/// How times are written.
pub(crate) struct Times {
    /// In seconds: what stays on a screen for long is seen from later and later.
    now: AtomicI64,
    relative: bool,
    zone: TimeZone,
}

impl Times {
    /// Times as seen from `now`, relative or in RFC 3339 with `zone`'s offset.
    pub(crate) fn new(now: Timestamp, relative: bool, zone: TimeZone) -> Self {
        Self {
            now: AtomicI64::new(now.as_second()),
            relative,
            zone,
        }
    }

    /// Times as seen from another moment from here on.
    pub(crate) fn turn_to(&self, now: Timestamp) {
        self.now.store(now.as_second(), Ordering::Relaxed);
    }

    /// A time in the style that is wanted.
    pub(crate) fn show(&self, time: Timestamp) -> String {
        if self.relative {
            relative(time, self.now.load(Ordering::Relaxed))
        } else {
            self.absolute(time)
        }
    }

    /// A time in RFC 3339, whatever is wanted: where relative would lose what matters. To the
    /// millisecond, all of them as wide, so that text sorts by time; for people to the second.
    pub(crate) fn absolute(&self, time: Timestamp) -> String {
        let digits = if self.relative { 0 } else { MILLISECONDS };
        match self.zone.to_offset(time) {
            Offset::UTC => format!("{time:.digits$}"),
            offset => format!("{:.digits$}", time.display_with_offset(offset)),
        }
    }
}

/// A time as seen from another, in the largest unit that it fills.
fn relative(time: Timestamp, now: i64) -> String {
    let seconds = now - time.as_second();
    let length = length(seconds.unsigned_abs());
    match seconds {
        0 => "now".to_owned(),
        1.. => format!("{length} ago"),
        _ => format!("in {length}"),
    }
}

fn length(seconds: u64) -> String {
    const UNITS: [(u64, char); 3] = [(86400, 'd'), (3600, 'h'), (60, 'm')];
    UNITS.iter().find(|(unit, _)| seconds >= *unit).map_or_else(
        || format!("{seconds}s"),
        |(unit, letter)| format!("{}{letter}", seconds / unit),
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use jiff::{Timestamp, tz::TimeZone};

    use super::Times;

    fn shown(relative: bool, zone: TimeZone, time: &str) -> String {
        let now: Timestamp = "2026-03-28T12:00:00Z".parse().unwrap();
        Times::new(now, relative, zone).show(time.parse().unwrap())
    }

    #[test]
    fn a_relative_time_is_its_largest_full_unit() {
        for (time, text) in [
            ("2026-03-28T12:00:00Z", "now"),
            ("2026-03-28T11:59:18Z", "42s ago"),
            ("2026-03-28T11:01:00Z", "59m ago"),
            ("2026-03-27T13:00:00Z", "23h ago"),
            ("2026-03-25T11:00:00Z", "3d ago"),
            ("2026-04-27T12:00:00Z", "in 30d"),
        ] {
            assert_eq!(shown(true, TimeZone::UTC, time), text);
        }
    }

    #[test]
    fn absolute_times_are_rfc_3339_to_the_millisecond_and_all_as_wide() {
        for (time, text) in [
            ("2026-03-28T11:59:18.25Z", "2026-03-28T11:59:18.250Z"),
            ("2026-03-28T11:59:18Z", "2026-03-28T11:59:18.000Z"),
            ("2026-03-28T11:59:18.207999Z", "2026-03-28T11:59:18.207Z"),
        ] {
            assert_eq!(shown(false, TimeZone::UTC, time), text);
        }
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        assert_eq!(
            shown(false, berlin, "2026-03-28T11:59:18.25Z"),
            "2026-03-28T12:59:18.250+01:00"
        );
    }

    #[test]
    fn people_read_no_milliseconds() {
        let time: Timestamp = "2026-03-28T11:59:18.25Z".parse().unwrap();
        let times = Times::new(time, true, TimeZone::UTC);
        assert_eq!(times.absolute(time), "2026-03-28T11:59:18Z");
    }
}
