//! A side of a diff, read and written: `sha256:…`, `host:NAME` or `host:NAME@TIME`.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use proto_types::{ImageDigest, MalformedDigest};

/// How a side is written.
pub const FORMS: &str = "a side is `sha256:…`, `host:NAME` or `host:NAME@TIME`";

/// What is compared, or exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// What an image holds.
    Image(ImageDigest),
    /// What a host's running images hold.
    Host {
        /// The host's name.
        name: String,
        /// The moment; now where there is none.
        at: Option<Timestamp>,
    },
}

/// A side as it is typed, before anyone has looked up its image or read its time: an image may be
/// meant by its first digits, and a time be written as people say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed<'t> {
    /// Something that names an image.
    Image(&'t str),
    /// A host.
    Host {
        /// Its name.
        name: &'t str,
        /// Something that names a moment.
        at: Option<&'t str>,
    },
}

/// Why a text is no side.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MalformedSide {
    /// It can be nothing but an image, and is none.
    #[error(transparent)]
    Digest(#[from] MalformedDigest),
    /// `host:` stands there alone.
    #[error("`{0}` names no host")]
    NoHost(String),
    /// What follows the `@` is no time.
    #[error("`{text}` is not a time as RFC 3339 writes it: {reason}")]
    Time {
        /// What stands there.
        text: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl<'t> Typed<'t> {
    /// Takes a text apart.
    ///
    /// # Errors
    /// [`MalformedSide::NoHost`].
    pub fn new(text: &'t str) -> Result<Self, MalformedSide> {
        let text = text.trim();
        let Some(host) = text.strip_prefix("host:") else {
            return Ok(Self::Image(text));
        };
        let (name, at) = match host.split_once('@') {
            Some((name, time)) => (name, Some(time)),
            None => (host, None),
        };
        match name {
            "" => Err(MalformedSide::NoHost(text.to_owned())),
            name => Ok(Self::Host { name, at }),
        }
    }
}

impl FromStr for Side {
    type Err = MalformedSide;

    fn from_str(text: &str) -> Result<Self, MalformedSide> {
        Ok(match Typed::new(text)? {
            Typed::Image(digest) => Self::Image(digest.parse()?),
            Typed::Host { name, at } => Self::Host {
                name: name.to_owned(),
                at: at.map(moment).transpose()?,
            },
        })
    }
}

fn moment(text: &str) -> Result<Timestamp, MalformedSide> {
    text.parse()
        .map_err(|error: jiff::Error| MalformedSide::Time {
            text: text.to_owned(),
            reason: error.to_string(),
        })
}

/// As [`Side::from_str`] reads it.
impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Image(digest) => digest.fmt(f),
            Self::Host { name, at: None } => write!(f, "host:{name}"),
            Self::Host { name, at: Some(at) } => write!(f, "host:{name}@{at}"),
        }
    }
}

impl Side {
    /// The host that it is about.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        match self {
            Self::Image(_) => None,
            Self::Host { name, .. } => Some(name),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{MalformedSide, Side, Typed};

    #[test]
    fn a_side_reads_back_as_it_is_written() {
        let digest = format!("sha256:{}", "ab".repeat(32));
        for text in [&digest, "host:web1", "host:web1@2026-03-28T12:00:00Z"] {
            assert_eq!(text.parse::<Side>().unwrap().to_string(), *text);
        }
    }

    #[test]
    fn what_is_typed_keeps_its_words_for_whoever_understands_them() {
        assert_eq!(Typed::new(" 4b4b "), Ok(Typed::Image("4b4b")));
        let typed = Typed::new("host:web1@yesterday");
        let (name, at) = ("web1", Some("yesterday"));
        assert_eq!(typed, Ok(Typed::Host { name, at }));
    }

    #[test]
    fn what_is_no_side_says_why() {
        let error = |text: &str| text.parse::<Side>().unwrap_err();
        assert!(matches!(error("web1"), MalformedSide::Digest(_)));
        assert_eq!(error("host:").to_string(), "`host:` names no host");
        assert_eq!(error("host:@now").to_string(), "`host:@now` names no host");
        let time = error("host:web1@yesterday").to_string();
        assert!(
            time.starts_with("`yesterday` is not a time as RFC 3339 writes it: "),
            "{time}"
        );
    }
}
