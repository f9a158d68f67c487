//! What a request is called in the server's log and in what its client says of it.

use std::fmt;

/// The header that carries it, in a request and in its answer.
pub const REQUEST_ID: &str = "x-request-id";

/// None is longer, in bytes: no secret is so short.
const LONGEST: usize = 63;

/// What one request is called: 1 to 63 letters, digits, `-`, `_` and `.`, so that it can stand in a
/// log and on a terminal as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// An ID that somebody gives, unless it has other characters, none or too many.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        let is_sane = (1..=LONGEST).contains(&text.len()) && text.bytes().all(is_plain);
        is_sane.then(|| Self(text.to_owned()))
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::RequestId;

    #[test]
    fn an_id_is_short_and_plain() {
        let longest = "a".repeat(63);
        for sane in ["01JDQ3W4Z8", "a-b_c.9", &longest] {
            assert_eq!(RequestId::new(sane).map(|id| id.0).as_deref(), Some(sane));
        }
        let too_long = "a".repeat(64);
        for odd in [
            "",
            " a",
            "a\n",
            "a/b",
            "ä",
            "a\u{202e}",
            "a\u{1b}[2J",
            &too_long,
        ] {
            assert_eq!(RequestId::new(odd), None, "{odd:?}");
        }
    }
}
