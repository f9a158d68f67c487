//! The audit log: who changed what of hosts, tokens and images, and what came of it.
//!
//! Its lines have the target `audit`, which no filter leaves out, and hold no secret. A change that
//! was begun is carried through and logged even where whoever asked for it hangs up.

use tracing::Instrument;

use crate::{
    error::{ApiError, ApiResult},
    store::{Principal, Result, secret::redacted},
};

/// The target of its lines.
pub const TARGET: &str = "audit";
/// No name is longer in a line, in characters.
const LONGEST: usize = 1024;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Whoever holds the token of this name.
    Token(String),
    /// A host's agent.
    Host(String),
    /// A process on the server's machine, through the local socket.
    Socket(SocketPeer),
}

/// The process at the other end of the local socket, where the system says which.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SocketPeer {
    /// Its user.
    pub uid: Option<u32>,
    /// Its number.
    pub pid: Option<i32>,
}

/// What is done.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// A host is added.
    AddHost,
    /// A host's token ends, and a new code is made.
    ResetHost,
    /// A host is removed.
    RemoveHost,
    /// A token is made.
    CreateToken,
    /// A token is revoked.
    RevokeToken,
    /// What failed for an image is forgotten.
    RetryImage,
    /// A copy of everything is taken.
    Backup,
    /// An image is to be scanned again.
    RescanImage,
    /// An image's SBOM is withdrawn.
    WithdrawImage,
    /// All that a host submitted is withdrawn.
    WithdrawHost,
    /// A feed of advisories is imported.
    ImportFeed,
    /// A feed is dropped.
    DropFeed,
}

impl Action {
    const fn as_str(self) -> &'static str {
        match self {
            Self::AddHost => "add_host",
            Self::ResetHost => "reset_host",
            Self::RemoveHost => "remove_host",
            Self::CreateToken => "create_token",
            Self::RevokeToken => "revoke_token",
            Self::RetryImage => "retry_image",
            Self::Backup => "backup",
            Self::RescanImage => "rescan_image",
            Self::WithdrawImage => "withdraw_image",
            Self::WithdrawHost => "withdraw_host",
            Self::ImportFeed => "import_feed",
            Self::DropFeed => "drop_feed",
        }
    }
}

impl From<&Principal> for Actor {
    fn from(principal: &Principal) -> Self {
        match principal {
            Principal::Host(host) => Self::Host(host.name.clone()),
            Principal::Reader { token } | Principal::Admin { token } => Self::Token(token.clone()),
        }
    }
}

impl Actor {
    /// What they are called where it is shown what they did.
    pub fn name(&self) -> String {
        match self {
            Self::Token(name) | Self::Host(name) => name.clone(),
            Self::Socket(SocketPeer { uid: Some(uid), .. }) => format!("local socket, user {uid}"),
            Self::Socket(SocketPeer { uid: None, .. }) => "local socket".to_owned(),
        }
    }

    /// Carries a change out, and logs it.
    pub async fn does<T: Send + 'static>(
        self,
        action: Action,
        subject: impl Into<String>,
        change: impl Future<Output = Result<T>> + Send + 'static,
    ) -> ApiResult<T> {
        let subject = subject.into();
        let carried_out = async move {
            let done = change.await.map_err(ApiError::from);
            self.log(action.as_str(), &subject, done.as_ref().err());
            done
        };
        let carried_out = tokio::spawn(carried_out.in_current_span());
        carried_out.await.unwrap_or_else(|failed| {
            tracing::error!(%failed, "a change was not carried through");
            Err(ApiError::new(
                proto_types::ErrorCode::Internal,
                "the request failed",
            ))
        })
    }

    /// Logs that it was refused what only an admin may do.
    pub fn is_refused(&self, method: &str, path: &str, error: &ApiError) {
        self.log(method, path, Some(error));
    }

    fn log(&self, action: &str, subject: &str, error: Option<&ApiError>) {
        let (mut token, mut host, mut peer) = (None, None, SocketPeer::default());
        match self {
            Self::Token(name) => token = Some(shown(name)),
            Self::Host(name) => host = Some(shown(name)),
            Self::Socket(process) => peer = *process,
        }
        let outcome = match error.map(|error| error.0.code.status()) {
            None => "done",
            Some(400..=499) => "refused",
            Some(_) => "failed",
        };
        tracing::info!(
            target: TARGET,
            action,
            subject = shown(subject),
            outcome,
            reason = error.map(|error| shown(&error.0.message)),
            token,
            host,
            uid = peer.uid,
            pid = peer.pid,
            "admin action"
        );
    }
}

/// A name, or a sentence that holds one, as a terminal may show it. Somebody may have given a token
/// where its name was asked for.
pub fn shown(text: &str) -> String {
    model::shown::on_one_line(&redacted(text), LONGEST)
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    };

    use super::{Action, Actor};

    #[tokio::test]
    async fn a_change_is_carried_through_though_whoever_asked_hangs_up() {
        let done = Arc::new(AtomicBool::new(false));
        let by_change = Arc::clone(&done);
        let (begin, begun) = tokio::sync::oneshot::channel::<()>();
        let change = async move {
            let _ = begun.await;
            by_change.store(true, Ordering::Relaxed);
            Ok(())
        };
        let actor = Actor::Token("ops".to_owned());
        let asked = tokio::spawn(actor.does(Action::RemoveHost, "web", change));
        tokio::task::yield_now().await;
        asked.abort();
        let _ = asked.await;
        let _ = begin.send(());
        while !done.load(Ordering::Relaxed) {
            tokio::task::yield_now().await;
        }
    }
}
