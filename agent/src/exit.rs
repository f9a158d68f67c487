//! Why a command didn't do what it was asked to, and the exit status that says so.

use client::ClientError;
use proto_types::ErrorCode;

use crate::{retry::reason, settings::SettingsError, state::StateError};

/// Why a command didn't do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The settings are wrong.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The state folder can't be used, or another agent uses it.
    #[error(transparent)]
    State(#[from] StateError),
    /// The server refused, or is away.
    #[error("{}", refusal(.0))]
    Server(#[from] ClientError),
    /// Not everything that runs is known to the server now.
    #[error("the cycle is not complete: {0}")]
    Incomplete(String),
    /// It can't be asked for this way.
    #[error("{0}")]
    Usage(String),
    /// A check found problems.
    #[error("{0} of the checks found a problem")]
    Checks(usize),
}

impl Failure {
    /// The exit status that goes with it, as `--help` lists them.
    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::Settings(_) | Self::Usage(_) => 2,
            Self::State(StateError::Busy { .. }) => 3,
            Self::State(StateError::NotEnrolled(_)) => 4,
            Self::Server(error) if is_unauthorised(error) => 4,
            Self::State(_) | Self::Server(_) | Self::Incomplete(_) | Self::Checks(_) => 1,
        }
    }
}

/// Whether the server doesn't accept who asks.
pub(crate) fn is_unauthorised(error: &ClientError) -> bool {
    matches!(
        error.code(),
        Some(ErrorCode::Unauthorized | ErrorCode::Forbidden)
    )
}

/// What the server said, with its hint or ours.
fn refusal(error: &ClientError) -> String {
    let said = reason(error);
    let hint = match error {
        ClientError::Refused { detail, .. } => detail.hint.as_deref(),
        _ => None,
    };
    let ours = "enrol this machine: `assetctl host reset NAME` makes a code for a host that is known, and `assetctl host add NAME` one for a new host";
    match hint {
        Some(hint) => format!("{said} ({})", crate::text::plain(hint, 500)),
        None if is_unauthorised(error) => format!("{said} ({ours})"),
        None => said,
    }
}
