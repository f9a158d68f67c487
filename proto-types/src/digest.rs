//! The identity of an image: the image ID that podman shows, which is its config's digest.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;

/// An image's identity, written `sha256:` + 64 hexadecimal digits.
///
/// Upper-case digits are read and written back in lower case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, pattern = "^sha256:[0-9a-fA-F]{64}$")]
pub struct ImageDigest([u8; 32]);

/// What stands in front of the digits.
const SHA256: &str = "sha256:";
/// Bytes of a digest as it is written.
const WRITTEN: usize = SHA256.len() + 64;

/// A text that was given as an image digest and isn't one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an image digest: it must be `sha256:` followed by 64 hexadecimal digits")]
pub struct MalformedDigest(String);

impl ImageDigest {
    /// The digest of these 32 bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The digest's 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first 12 hexadecimal digits, as people read image IDs aloud.
    #[must_use]
    pub fn short(&self) -> String {
        hex::encode(&self.0[..6])
    }

    /// Writes it into a text of its length, for answers list a hundred thousand of them.
    fn written<'t>(&self, text: &'t mut [u8; WRITTEN]) -> &'t str {
        let (front, digits) = text.split_at_mut(SHA256.len());
        front.copy_from_slice(SHA256.as_bytes());
        // There is room for exactly the digits, and they are ASCII.
        let _ = hex::encode_to_slice(self.0, digits);
        std::str::from_utf8(text).unwrap_or_default()
    }
}

impl Serialize for ImageDigest {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.written(&mut [0; WRITTEN]))
    }
}

impl FromStr for ImageDigest {
    type Err = MalformedDigest;

    fn from_str(text: &str) -> Result<Self, MalformedDigest> {
        let mut bytes = [0; 32];
        text.strip_prefix(SHA256)
            .and_then(|digits| hex::decode_to_slice(digits, &mut bytes).ok())
            .map(|()| Self(bytes))
            .ok_or_else(|| MalformedDigest(shortened(text)))
    }
}

/// As much of a wrong value as an error should repeat.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

impl fmt::Display for ImageDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.written(&mut [0; WRITTEN]))
    }
}

impl fmt::Debug for ImageDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for ImageDigest {
    type Error = MalformedDigest;

    fn try_from(text: String) -> Result<Self, MalformedDigest> {
        text.parse()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::ImageDigest;

    #[test]
    fn a_digest_is_sha256_and_64_hexadecimal_digits() {
        let text = format!("sha256:{}", "0a".repeat(32));
        assert_eq!(text.parse::<ImageDigest>().unwrap().to_string(), text);
        let upper = format!("sha256:{}", "0A".repeat(32));
        assert_eq!(upper.parse::<ImageDigest>().unwrap().to_string(), text);
    }

    #[test]
    fn anything_else_is_refused_by_name() {
        for wrong in ["", "sha256:", "sha256:0a", "sha512:00", &"0a".repeat(32)] {
            let error = wrong.parse::<ImageDigest>().unwrap_err().to_string();
            assert!(error.contains("64 hexadecimal digits"), "{error}");
        }
        assert!(
            format!("sha256:{}g", "0".repeat(63))
                .parse::<ImageDigest>()
                .is_err()
        );
    }
}
