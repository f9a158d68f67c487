//! `Retry-After`: how long a server, or a proxy in front of it, wants to be left alone.

use std::time::{Duration, SystemTime};

use crate::bounds::PAUSE;

/// The pause that a value asks for: seconds, or a moment by the clock of whoever answered (`date`,
/// where it says), else by this machine's. Never longer than an hour.
pub(crate) fn pause(value: &str, date: Option<&str>, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are more than an hour.
        let seconds = value.parse().unwrap_or(u64::MAX);
        return Some(PAUSE.min(Duration::from_secs(seconds)));
    }
    let until = httpdate::parse_http_date(value).ok()?;
    let date = date.and_then(|date| httpdate::parse_http_date(date).ok());
    let pause = until
        .duration_since(date.unwrap_or(now))
        .unwrap_or_default();
    Some(PAUSE.min(pause))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{PAUSE, pause};

    fn asked(value: &str, date: Option<&str>) -> Option<Duration> {
        pause(value, date, SystemTime::UNIX_EPOCH)
    }

    #[test]
    fn seconds_are_taken_up_to_an_hour() {
        assert_eq!(asked(" 7 ", None), Some(Duration::from_secs(7)));
        for long in ["3601", "18446744073709551615", "99999999999999999999999"] {
            assert_eq!(asked(long, None), Some(PAUSE));
        }
        for none in ["", "-1", "soon", "1.5"] {
            assert_eq!(asked(none, None), None);
        }
    }

    #[test]
    fn a_moment_is_taken_by_the_clock_of_whoever_names_it() {
        let moment = "Thu, 01 Jan 1970 00:01:00 GMT";
        let earlier = "Thu, 01 Jan 1970 00:00:55 GMT";
        assert_eq!(asked(moment, Some(earlier)), Some(Duration::from_secs(5)));
        assert_eq!(asked(moment, None), Some(Duration::from_secs(60)));
        assert_eq!(asked(earlier, Some(moment)), Some(Duration::ZERO));
    }
}
