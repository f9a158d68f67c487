//! Moments and ranges of time as people write them.

use std::time::Duration;

use jiff::{SignedDuration, Span, Timestamp, ToSpan, Zoned, civil};
use proto_types::During;

use crate::error::{CliError, Result};

/// What the errors say is understood.
const FORMS: &str = "write 2026-03-28T12:00Z, 2026-03-28 12:00 or 2026-03-28 (local time), 3d or 2h (ago), yesterday, today, now";

/// Days that have a name.
pub(crate) const DAYS: [&str; 2] = ["today", "yesterday"];
/// Moments that are worth offering: those with a name, and some lengths of time ago.
pub(crate) const WORDS: [&str; 8] = ["now", "today", "yesterday", "1h", "12h", "1d", "7d", "30d"];

/// How far this machine's clock may be behind the server's: a time that was copied from an answer
/// has come.
const BEHIND: SignedDuration = SignedDuration::from_secs(60);

/// Reads a moment that has come; dates and times without an offset are in `now`'s zone.
pub(crate) fn moment(text: &str, now: &Zoned) -> Result<Timestamp> {
    let moment = any_moment(text, now)?;
    if moment.duration_since(now.timestamp()) >= BEHIND {
        return Err(CliError::failed(format!("`{text}` is in the future"))
            .hint(format!("it is {} now", now.strftime("%Y-%m-%d %H:%M %Z"))));
    }
    Ok(moment)
}

fn any_moment(text: &str, now: &Zoned) -> Result<Timestamp> {
    read_moment(text.trim(), now)
        .ok_or_else(|| CliError::failed(format!("`{text}` is not a time")).hint(FORMS))
}

fn read_moment(text: &str, now: &Zoned) -> Option<Timestamp> {
    if text == "now" {
        return Some(now.timestamp());
    }
    if let Some(day) = day(text, now) {
        return start_of(day, now);
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment);
    }
    if let Ok(local) = text.parse::<civil::DateTime>() {
        return Some(local.to_zoned(now.time_zone().clone()).ok()?.timestamp());
    }
    let span = span(text.strip_suffix("ago").unwrap_or(text).trim())?;
    let then = now.checked_sub(span).ok()?.timestamp();
    // Whoever says "2h" means no fraction of a second.
    Timestamp::from_second(then.as_second()).ok()
}

/// Reads `FROM..TO`, `FROM..` (until now), or one day.
pub(crate) fn range(text: &str, now: &Zoned) -> Result<During> {
    let during = match text.split_once("..") {
        Some((from, "")) => During {
            from: moment(from, now)?,
            to: now.timestamp(),
        },
        Some((from, to)) => During {
            from: moment(from, now)?,
            // Who asks about today may name its end.
            to: any_moment(to, now)?,
        },
        None => whole_day(text, now).ok_or_else(|| {
            CliError::failed(format!("`{text}` is not a time range"))
                .hint(format!("write FROM..TO, FROM.. or one day; {FORMS}"))
        })?,
    };
    if during.from > now.timestamp() {
        return Err(CliError::failed(format!(
            "the range `{text}` is in the future"
        )));
    }
    if during.from >= during.to {
        return Err(CliError::failed(format!(
            "the range `{text}` ends before it begins"
        )));
    }
    Ok(during)
}

/// Reads a length of time (`30d`, `12h`) as seconds from `now` on. A number alone may be meant in
/// seconds or in days.
pub(crate) fn seconds(text: &str, now: &Zoned) -> Result<u64> {
    span(text.trim())
        .and_then(|span| now.checked_add(span).ok())
        .map(|then| then.timestamp().as_second() - now.timestamp().as_second())
        .and_then(|seconds| u64::try_from(seconds).ok())
        .filter(|seconds| *seconds > 0)
        .ok_or_else(|| {
            let error = CliError::failed(format!("`{text}` is not a duration"));
            match text.trim().parse::<u32>() {
                Ok(1..) => error.hint(format!(
                    "add the unit: {0}s, {0}m, {0}h or {0}d",
                    text.trim()
                )),
                _ => error.hint("write 30s, 5m, 12h, 30d or 1h30m"),
            }
        })
}

/// A length of time as people write it: `30s`, `1m 30s`.
pub(crate) fn in_words(length: Duration) -> String {
    SignedDuration::try_from(length).map_or_else(
        |_| format!("{}s", length.as_secs()),
        |length| format!("{length:#}"),
    )
}

/// A length of time without a sign: nothing here looks the other way.
fn span(text: &str) -> Option<Span> {
    let span: Span = text.parse().ok()?;
    (!span.is_negative()).then_some(span)
}

fn day(text: &str, now: &Zoned) -> Option<civil::Date> {
    match text {
        "today" => Some(now.date()),
        "yesterday" => now.date().yesterday().ok(),
        // A date alone: jiff's dates would also read the one that begins a longer text.
        _ if text.len() == "2026-03-28".len() => text.parse().ok(),
        _ => None,
    }
}

fn whole_day(text: &str, now: &Zoned) -> Option<During> {
    let day = day(text.trim(), now)?;
    Some(During {
        from: start_of(day, now)?,
        to: start_of(day.checked_add(1.day()).ok()?, now)?,
    })
}

fn start_of(day: civil::Date, now: &Zoned) -> Option<Timestamp> {
    Some(day.to_zoned(now.time_zone().clone()).ok()?.timestamp())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use jiff::Zoned;

    use super::{moment, range, seconds};

    fn now() -> Zoned {
        "2026-03-30T12:00[Europe/Berlin]".parse().unwrap()
    }

    fn read(text: &str) -> String {
        moment(text, &now()).unwrap().to_string()
    }

    fn read_range(text: &str) -> String {
        let during = range(text, &now()).unwrap();
        format!("{} to {}", during.from, during.to)
    }

    #[test]
    fn a_time_with_an_offset_is_taken_as_it_is() {
        assert_eq!(read("2026-03-28T12:00Z"), "2026-03-28T12:00:00Z");
        assert_eq!(
            read("2026-03-28T12:00:01.5+02:00"),
            "2026-03-28T10:00:01.5Z"
        );
    }

    #[test]
    fn a_time_without_one_is_local() {
        assert_eq!(read("2026-03-28 12:00"), "2026-03-28T11:00:00Z");
        assert_eq!(read("2026-03-28"), "2026-03-27T23:00:00Z");
        assert_eq!(read("yesterday"), "2026-03-28T23:00:00Z");
        assert_eq!(read("today"), "2026-03-29T22:00:00Z");
    }

    #[test]
    fn a_length_of_time_is_that_long_ago() {
        assert_eq!(read("now"), "2026-03-30T10:00:00Z");
        assert_eq!(read("2h"), "2026-03-30T08:00:00Z");
        assert_eq!(read("90m ago"), "2026-03-30T08:30:00Z");
        // Three days on the calendar, across the change to summer time.
        assert_eq!(read("3d"), "2026-03-27T11:00:00Z");
    }

    #[test]
    fn a_range_has_two_ends_or_is_one_day() {
        assert_eq!(
            read_range("2h..now"),
            "2026-03-30T08:00:00Z to 2026-03-30T10:00:00Z"
        );
        assert_eq!(
            read_range("1d.."),
            "2026-03-29T10:00:00Z to 2026-03-30T10:00:00Z"
        );
        // That day had 23 hours.
        assert_eq!(
            read_range("yesterday"),
            "2026-03-28T23:00:00Z to 2026-03-29T22:00:00Z"
        );
    }

    #[test]
    fn what_is_no_time_is_refused_with_the_forms() {
        for wrong in ["", "soon", "-3d", "2026-13-01", "12", "2026-03-28Tnoon"] {
            let error = format!("{:?}", moment(wrong, &now()).unwrap_err());
            assert!(error.contains("yesterday"), "{wrong}: {error}");
        }
        for wrong in ["..now", "now..2h", "2h", "now..now"] {
            assert!(range(wrong, &now()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_length_of_time_is_counted_in_seconds() {
        assert_eq!(seconds("1h30m", &now()).unwrap(), 5400);
        assert_eq!(seconds("30d", &now()).unwrap(), 30 * 86400);
        for wrong in ["0s", "-1d", "x", ""] {
            assert!(seconds(wrong, &now()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_has_not_come_yet_is_no_moment_to_ask_about() {
        assert!(moment("2026-03-30T10:00:59Z", &now()).is_ok());
        for wrong in ["2099-01-01", "2026-03-30T12:01", "2026-03-30T10:01Z"] {
            let error = moment(wrong, &now()).unwrap_err().to_string();
            assert_eq!(error, format!("`{wrong}` is in the future"));
        }
        assert!(range("2099-01-01..2099-02-01", &now()).is_err());
        assert!(range("2099-01-01", &now()).is_err());
        assert!(range("today", &now()).is_ok());
        assert!(range("yesterday..2026-03-30T18:00", &now()).is_ok());
    }
}
