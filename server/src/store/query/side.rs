//! A side of a diff, as it is written: `sha256:…`, `host:NAME` or `host:NAME@TIME`.

use std::str::FromStr;

use proto_types::{ImageDigest, Timestamp};

use crate::store::StoreError;

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// What an image holds.
    Image(ImageDigest),
    /// What a host's running images hold, now or at a moment.
    Host {
        /// The host's name.
        name: String,
        /// The moment.
        at: Option<Timestamp>,
    },
}

impl FromStr for Side {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let Some(host) = text.strip_prefix("host:") else {
            return text
                .parse()
                .map(Self::Image)
                .map_err(|error: proto_types::MalformedDigest| {
                    StoreError::invalid_with_hint(
                        error.to_string(),
                        "a side is `sha256:…`, `host:NAME` or `host:NAME@TIME`",
                    )
                });
        };
        let (name, at) = match host.split_once('@') {
            None => (host, None),
            Some((name, time)) => (name, Some(moment(time)?)),
        };
        Ok(Self::Host {
            name: name.to_owned(),
            at,
        })
    }
}

fn moment(text: &str) -> Result<Timestamp, StoreError> {
    text.parse().map_err(|error| {
        StoreError::invalid(format!(
            "`{text}` is not a time as RFC 3339 writes it: {error}"
        ))
    })
}
