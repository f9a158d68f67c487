//! Why a command didn't do what it was asked to, and the exit status that says so.

use client::ClientError;

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
    #[error("incomplete: {0}")]
    Incomplete(String),
    /// It can't be asked for this way.
    #[error("{0}")]
    Usage(String),
    /// A check found problems.
    #[error("{}", problems(*.0))]
    Checks(usize),
}

fn problems(count: usize) -> String {
    let checks = if count == 1 { "check" } else { "checks" };
    format!("{count} {checks} found a problem")
}

impl Failure {
    /// The exit status that goes with it, as `--help` lists them.
    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::Settings(_) | Self::Usage(_) => 2,
            Self::State(StateError::Busy { .. }) => 3,
            Self::State(StateError::NotEnrolled(_) | StateError::Clone { .. }) => 4,
            Self::Server(error) if is_not_accepted(error) => 4,
            Self::State(_) | Self::Server(_) | Self::Incomplete(_) | Self::Checks(_) => 1,
        }
    }

    /// Whether trying again can't help, for one who could go on trying.
    pub(crate) fn is_final(&self) -> bool {
        matches!(self.status(), 2 | 4)
    }
}

/// Whether the server doesn't accept who asks; what a proxy in front of it refuses says nothing of
/// the token.
pub(crate) fn is_not_accepted(error: &ClientError) -> bool {
    error.code().is_some() && error.is_not_authorized()
}

/// What went wrong with the server, and the way out: its own, or ours.
pub(crate) fn refusal(error: &ClientError) -> String {
    let said = reason(error);
    let ours = "enroll this machine: create a code with `assetctl host reset NAME` if the server knows the \
                host, or with `assetctl host add NAME` if it does not";
    let hint = match error {
        ClientError::Refused { detail, .. } => detail.hint.as_deref(),
        _ => error.way_out(),
    };
    match hint.or_else(|| is_not_accepted(error).then_some(ours)) {
        Some(hint) => format!("{said} ({})", model::shown::on_one_line(hint, 500)),
        None => said,
    }
}
