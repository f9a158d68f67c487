//! Durations and sizes as people write them: `15m`, `1GiB`.

use std::{str::FromStr, time::Duration};

use serde::Deserialize;

/// A duration that is written as a number and a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Span(pub(crate) Duration);

/// A number of bytes that is written as a number and a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Size(pub(crate) u64);

/// A text that is neither.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unreadable {
    /// No duration.
    #[error("`{0}` is not a duration: write a whole number and `s`, `m` or `h`, as in `15m`")]
    Span(String),
    /// No size.
    #[error("`{0}` is not a size: write a whole number and `KiB`, `MiB` or `GiB`, as in `1GiB`")]
    Size(String),
}

/// The number and the unit of `text`.
fn parts(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    Some((text[..end].parse().ok()?, text[end..].trim()))
}

impl FromStr for Span {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let seconds = parts(text).and_then(|(number, unit)| match unit {
            "s" => Some(number),
            "m" => number.checked_mul(60),
            "h" => number.checked_mul(3600),
            _ => None,
        });
        seconds
            .map(|seconds| Self(Duration::from_secs(seconds)))
            .ok_or_else(|| Unreadable::Span(text.to_owned()))
    }
}

impl FromStr for Size {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let bytes = parts(text).and_then(|(number, unit)| {
            let shift = match unit {
                "KiB" => 10,
                "MiB" => 20,
                "GiB" => 30,
                _ => return None,
            };
            number.checked_mul(1 << shift)
        });
        bytes
            .filter(|bytes| *bytes > 0)
            .map(Self)
            .ok_or_else(|| Unreadable::Size(text.to_owned()))
    }
}

impl TryFrom<String> for Span {
    type Error = Unreadable;

    fn try_from(text: String) -> Result<Self, Unreadable> {
        text.parse()
    }
}

impl TryFrom<String> for Size {
    type Error = Unreadable;

    fn try_from(text: String) -> Result<Self, Unreadable> {
        text.parse()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::time::Duration;

    use super::{Size, Span};

    #[test]
    fn a_duration_is_a_number_and_a_unit() {
        assert_eq!(
            "15m".parse::<Span>().unwrap().0,
            Duration::from_secs(15 * 60)
        );
        assert_eq!("0s".parse::<Span>().unwrap().0, Duration::ZERO);
        for wrong in [
            "",
            "15",
            "m",
            "-1m",
            "1.5h",
            "15 min",
            "999999999999999999h",
        ] {
            let error = wrong.parse::<Span>().unwrap_err().to_string();
            assert!(error.contains("as in `15m`"), "{error}");
        }
    }

    #[test]
    fn a_size_is_a_number_and_a_unit_and_never_nothing() {
        assert_eq!("2GiB".parse::<Size>().unwrap().0, 2 << 30);
        for wrong in ["", "1", "0GiB", "1GB", "1 giga", "99999999999999GiB"] {
            let error = wrong.parse::<Size>().unwrap_err().to_string();
            assert!(error.contains("as in `1GiB`"), "{error}");
        }
    }
}
