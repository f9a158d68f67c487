//! What `diff` and `sbom` are about: an image, or a host now or at a moment.

use std::fmt;

use proto_types::{GetDiff, ImageDigest, Timestamp};

use crate::{
    ask::{context::Context, resolve},
    error::{CliError, Result},
    words::times,
};

/// An image, or a host now or at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Side {
    /// What an image holds.
    Image(ImageDigest),
    /// What the images hold that a host runs.
    Host {
        /// Its name.
        name: String,
        /// The moment; now where there is none.
        at: Option<Timestamp>,
    },
}

/// As the API writes it.
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
    /// Reads `sha256:…`, the first digits of a digest, `host:NAME` or `host:NAME@TIME`.
    pub(crate) async fn resolve(context: &Context<'_>, typed: &str) -> Result<Self> {
        let Some(host) = typed.trim().strip_prefix("host:") else {
            return resolve::image(context, typed)
                .await
                .map(Self::Image)
                .map_err(|error| with_host_form(error, typed));
        };
        let (name, at) = match host.split_once('@') {
            None => (host, None),
            Some((name, time)) => (name, Some(times::moment(time, &context.out.now)?)),
        };
        if name.is_empty() {
            return Err(CliError::failed(format!("`{typed}` names no host"))
                .hint("write host:NAME or host:NAME@TIME"));
        }
        let name = name.to_owned();
        Ok(Self::Host { name, at })
    }

    /// The host that it is about.
    pub(crate) fn host(&self) -> Option<&str> {
        match self {
            Self::Image(_) => None,
            Self::Host { name, .. } => Some(name),
        }
    }

    /// The question how much of it is known: a diff with itself counts the images.
    pub(crate) fn compared_with(&self, other: &Self) -> GetDiff {
        GetDiff {
            from: self.to_string(),
            to: other.to_string(),
        }
    }
}

/// A word that can be no digest was perhaps a host's name.
fn with_host_form(error: CliError, typed: &str) -> CliError {
    let could_be_a_digest = typed
        .trim_start_matches("sha256:")
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit());
    if error.is_not_found() || could_be_a_digest {
        return error;
    }
    error.hint(format!(
        "a host is written `host:{typed}`, an image by the first few digits of its digest"
    ))
}
