//! From what goes wrong with a client to what the TUI says of it.

use std::{error::Error, time::Duration};

use client::{Client, ClientError};

use crate::{
    error::CliError,
    tui::event::{Problem, ProblemKind},
};

impl From<ClientError> for Problem {
    fn from(error: ClientError) -> Self {
        let kind = match &error {
            ClientError::Unreachable { .. } => ProblemKind::Unreachable,
            ClientError::Refused {
                status: 401 | 403, ..
            }
            | ClientError::NotAssetmon {
                status: 401 | 403, ..
            } => ProblemKind::NotAuthorised,
            _ => ProblemKind::Other,
        };
        let what = with_causes(&error);
        let shown = CliError::from(error);
        let hint = shown.way_out().map(str::to_owned);
        Self { what, hint, kind }
    }
}

/// The error and the last of its causes, which says the most.
fn with_causes(error: &ClientError) -> String {
    let mut last: &dyn Error = error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    let (what, why) = (error.to_string(), last.to_string());
    if what == why {
        what
    } else {
        format!("{what}: {why}")
    }
}

/// The server took too long.
pub(super) fn too_late(client: &Client, patience: Duration) -> Problem {
    Problem {
        what: format!(
            "{} said nothing for {} s",
            client.server(),
            patience.as_secs()
        ),
        hint: Some("is it overloaded? `assetctl status` asks for little".to_owned()),
        kind: ProblemKind::Unreachable,
    }
}

/// A file can't be written.
pub(super) fn unwritable(path: &str, error: &dyn Error) -> Problem {
    Problem {
        what: format!("{path} can't be written: {error}"),
        hint: None,
        kind: ProblemKind::Other,
    }
}
