//! Writes times as JSON, all of one width, so that their texts sort as they do; and the quick way:
//! answers of a hundred thousand rows have as many of them.

use jiff::Timestamp;
use serde::Serializer;

/// Seconds of a day.
const DAY: i64 = 86_400;
/// The text of a year of four digits, and what stands behind its end: `2026-03-28T12:00:00.000Z`.
const LONGEST: usize = 25;

/// A time as RFC 3339 in UTC, to the millisecond: `2026-03-28T12:00:00.000Z`.
///
/// # Errors
/// Those of the serializer.
pub fn write<S: Serializer>(time: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    let mut text = [0; LONGEST];
    match common(*time, &mut text) {
        Some(text) => to.serialize_str(text),
        None => to.collect_str(&format_args!("{time:.3}")),
    }
}

/// The same for a time that may be missing.
///
/// # Errors
/// Those of the serializer.
pub fn write_or_none<S: Serializer>(time: &Option<Timestamp>, to: S) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => write(time, to),
        None => to.serialize_none(),
    }
}

/// The text of a time since 1970 whose year has four digits, as those are that are kept.
fn common(time: Timestamp, text: &mut [u8; LONGEST]) -> Option<&str> {
    let (seconds, nanoseconds) = (time.as_second(), time.subsec_nanosecond());
    if seconds < 0 || nanoseconds < 0 {
        return None;
    }
    let (year, month, day) = date(seconds / DAY);
    if year > 9_999 {
        return None;
    }
    let second = seconds % DAY;
    let mut end = 0;
    let mut put = |digits: usize, number: i64, behind: u8| {
        let mut left = number;
        for place in (end..end + digits).rev() {
            if let Some(slot) = text.get_mut(place) {
                *slot = b'0' + (left % 10) as u8;
            }
            left /= 10;
        }
        if let Some(slot) = text.get_mut(end + digits) {
            *slot = behind;
        }
        end += digits + 1;
    };
    put(4, year, b'-');
    put(2, month, b'-');
    put(2, day, b'T');
    put(2, second / 3_600, b':');
    put(2, second / 60 % 60, b':');
    put(2, second % 60, b'.');
    put(3, i64::from(nanoseconds / 1_000_000), b'Z');
    std::str::from_utf8(text.get(..end)?).ok()
}

/// The date of a day that is counted from 1970 on: years begin in March, so that the day that some
/// have comes last.
const fn date(days: i64) -> (i64, i64, i64) {
    // Of 400 years, which repeat.
    const CYCLE: i64 = 146_097;
    let since_march = days + 719_468;
    let (cycle, of_cycle) = (since_march / CYCLE, since_march % CYCLE);
    let of_years = of_cycle - of_cycle / 1_460 + of_cycle / 36_524 - of_cycle / 146_096;
    let year = of_years / 365;
    let of_year = of_cycle - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    (year + cycle * 400 + next, month, day)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use jiff::Timestamp;

    fn written(time: Timestamp) -> String {
        let mut bytes = Vec::new();
        super::write(&time, &mut serde_json::Serializer::new(&mut bytes)).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_time_is_written_to_the_millisecond() {
        let mut random = 1_u64;
        for step in 0..200_000_i64 {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let spread = i64::try_from(random >> 16).unwrap();
            let ms = match step % 4 {
                // A day at a time, and the milliseconds around its end.
                0 => step / 4 * 86_400_000 - 1,
                1 => step / 4 * 86_400_000,
                2 => spread % 253_402_207_200_000,
                _ => spread % 4_000_000_000_000 / 10 * 10,
            };
            let time = Timestamp::from_millisecond(ms).unwrap();
            assert_eq!(written(time), format!("\"{time:.3}\""));
        }
    }

    #[test]
    fn times_that_are_never_kept_are_written_too() {
        let finer = Timestamp::from_nanosecond(1_700_000_000_123_456_789).unwrap();
        for time in [Timestamp::MIN, Timestamp::MAX, Timestamp::UNIX_EPOCH, finer] {
            assert_eq!(written(time), format!("\"{time:.3}\""));
        }
    }
}
