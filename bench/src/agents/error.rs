//! What can go wrong with the simulated agents.

use std::{io, path::PathBuf};

use client::ClientError;

use super::tokens::StrangeToken;

/// A simulated agent could not do what it should.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// The server refused a host, or did not answer it.
    #[error("{host}: {}", said(source))]
    Host {
        /// The host's name.
        host: String,
        /// What the client says.
        source: Box<ClientError>,
    },
    /// The server leased an image that the host didn't report.
    #[error("{0} was leased {1}, which it does not run")]
    StrangeLease(String, String),
    /// The server gave a token that can't be kept.
    #[error(transparent)]
    StrangeToken(#[from] StrangeToken),
    /// A host was never enrolled.
    #[error("host {0} has no token: the state is of a smaller fleet")]
    NoToken(u32),
    /// The state folder can't be written or read.
    #[error("{path}: {source}")]
    State {
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A task was ended from outside.
    #[error("a simulated agent ended early: {0}")]
    Ended(String),
}

/// What comes of what simulated agents do.
pub type Result<T> = std::result::Result<T, AgentError>;

impl AgentError {
    /// What the client says, of a host.
    pub(super) fn of_host(host: &str) -> impl FnOnce(ClientError) -> Self {
        |source| Self::Host {
            host: host.to_owned(),
            source: Box::new(source),
        }
    }
}

/// All that an error has to say.
fn said(error: &ClientError) -> String {
    client::chain(error).collect::<Vec<_>>().join(": ")
}
