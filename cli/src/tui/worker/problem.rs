//! From what goes wrong with a client to what the TUI says of it.

use std::{error::Error, time::Duration};

use client::{Client, ClientError};

use crate::{
    error::{CliError, with_cause},
    tui::answer::{Problem, ProblemKind},
    words::times::in_words,
};

impl From<ClientError> for Problem {
    fn from(error: ClientError) -> Self {
        let kind = match &error {
            ClientError::Unreachable { .. } | ClientError::TooSlow { .. } => {
                ProblemKind::Unreachable
            }
            error if error.is_not_authorized() => ProblemKind::NotAuthorized,
            _ => ProblemKind::Other,
        };
        let what = with_cause(&error);
        let shown = CliError::from(error);
        let hint = shown.way_out().map(str::to_owned);
        Self { what, hint, kind }
    }
}

/// The server took too long.
pub(super) fn too_late(client: &Client, patience: Duration) -> Problem {
    Problem {
        what: format!(
            "{} did not answer within {}",
            client.server(),
            in_words(patience)
        ),
        hint: Some("it may be overloaded; `assetctl status` is a cheap request to try".to_owned()),
        kind: ProblemKind::Unreachable,
    }
}

/// A file can't be written.
pub(super) fn unwritable(path: &str, error: &dyn Error) -> Problem {
    Problem {
        what: format!("cannot write {path}: {error}"),
        hint: None,
        kind: ProblemKind::Other,
    }
}
