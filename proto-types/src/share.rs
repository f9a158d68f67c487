//! Shares: a number from 0 to 1, kept exactly.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use utoipa::ToSchema;

/// What makes 1 of a share, as it is kept.
const WHOLE: f64 = 1_000_000.0;

/// A share from 0 to 1, to a millionth; written as a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, ToSchema)]
#[schema(value_type = f64, minimum = 0, maximum = 1)]
pub struct Share(u32);

impl Share {
    /// That of so many millionths; 1 where there are more.
    #[must_use]
    pub fn of_millionths(millionths: u32) -> Self {
        Self(millionths.min(WHOLE as u32))
    }

    /// The nearest to a number; `None` of what isn't from 0 to 1.
    #[must_use]
    pub fn new(share: f64) -> Option<Self> {
        let is_one = (0.0..=1.0).contains(&share);
        is_one.then(|| Self((share * WHOLE).round() as u32))
    }

    /// How many millionths.
    #[must_use]
    pub const fn millionths(self) -> u32 {
        self.0
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        f64::from(self.0) / WHOLE
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(self.get())
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let share = f64::deserialize(from)?;
        Self::new(share).ok_or_else(|| D::Error::custom("a share is from 0 to 1"))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_read_as_it_was_written() {
        for text in ["0.0", "0.94358", "0.00042", "1.0"] {
            let share: Share = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&share).unwrap(), text);
        }
        for millionths in 0..1_000_000 {
            let share = Share::of_millionths(millionths);
            assert_eq!(Share::new(share.get()), Some(share));
        }
        let least: Share = serde_json::from_str("0.000001").unwrap();
        assert_eq!(least, Share::of_millionths(1));
        for text in ["-0.1", "1.1", "\"1\""] {
            assert!(serde_json::from_str::<Share>(text).is_err(), "{text}");
        }
    }
}
