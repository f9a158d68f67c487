//! The one shape of every error that `assetctl` shows: what failed, why, and the way out.

use std::{error::Error, fmt, io, time::Duration};

use client::ClientError;
use proto_types::{ErrorCode, ErrorDetail};

use crate::exit::Exit;

/// A result of anything that can end a command.
pub(crate) type Result<T> = std::result::Result<T, CliError>;

/// What ends a command.
#[derive(Debug)]
pub(crate) struct CliError {
    what: String,
    cause: Option<Box<dyn Error + Send + Sync>>,
    hint: Option<String>,
    kind: Kind,
}

/// What sets the exit status, and what is told beside the error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It never came to asking a server.
    Local,
    /// A server was asked.
    Server,
    /// A server was asked, and may answer later without anyone doing anything.
    Transient,
    /// No server could be reached: a later try may do.
    Unreachable,
    /// The server doesn't know who asks.
    Unknown,
    /// The server knows who asks, and wants another token.
    NotAuthorized,
    /// The server knows no such thing.
    NotFound,
    /// Whoever read the output has seen enough: no error at all.
    ReaderGone,
}

impl CliError {
    /// Something failed before a server had to do with it.
    pub(crate) fn failed(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            cause: None,
            hint: None,
            kind: Kind::Local,
        }
    }

    /// The server knows no such thing.
    pub(crate) fn not_found(what: impl Into<String>) -> Self {
        Self {
            kind: Kind::NotFound,
            ..Self::failed(what)
        }
    }

    /// Adds the way out, in place of any that was there.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds why it failed.
    #[must_use]
    pub(crate) fn because(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Says behind what failed where that was.
    #[must_use]
    pub(crate) fn about(mut self, place: &str) -> Self {
        self.what = format!("{} {place}", self.what);
        self
    }

    /// Says something else for what failed.
    #[must_use]
    pub(crate) fn instead(mut self, what: String) -> Self {
        self.what = what;
        self
    }

    /// The way out, where there is one.
    pub(crate) fn way_out(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// Whether the server knows no such thing.
    pub(crate) fn is_not_found(&self) -> bool {
        self.kind == Kind::NotFound
    }

    /// Whether the server doesn't know who asks.
    pub(crate) fn is_of_someone_unknown(&self) -> bool {
        self.kind == Kind::Unknown
    }

    /// Whether asking again later may be all that it takes.
    pub(crate) fn is_transient(&self) -> bool {
        matches!(self.kind, Kind::Transient | Kind::Unreachable)
    }

    /// Whether nobody answered.
    pub(crate) fn is_unreachable(&self) -> bool {
        self.kind == Kind::Unreachable
    }

    /// Whether whoever read the output has seen enough, which is no error at all.
    pub(crate) fn is_reader_gone(&self) -> bool {
        self.kind == Kind::ReaderGone
    }

    /// Whether a server had to do with it, so that it matters which one.
    pub(crate) fn concerns_server(&self) -> bool {
        self.kind != Kind::Local
    }

    /// Why it failed, the nearest cause first.
    pub(crate) fn causes(&self) -> impl Iterator<Item = String> {
        let causes = self.cause.as_deref();
        causes.into_iter().flat_map(|cause| client::chain(cause))
    }

    /// What to exit with.
    pub(crate) const fn exit(&self) -> Exit {
        match self.kind {
            Kind::Local | Kind::Server | Kind::Transient | Kind::Unreachable | Kind::NotFound => {
                Exit::Failed
            }
            Kind::Unknown | Kind::NotAuthorized => Exit::NotAuthorized,
            Kind::ReaderGone => Exit::Found,
        }
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl From<ClientError> for CliError {
    fn from(error: ClientError) -> Self {
        let kind = kind_of(&error);
        let hint = hint_for(&error);
        let mut shown = Self::failed(with_cause(&error));
        shown.kind = kind;
        shown.hint = hint;
        // The error's own sentence is said already; what lies behind it isn't.
        shown.cause = match error {
            ClientError::Setup(source) | ClientError::NoCertificates { source, .. } => {
                Some(Box::new(source))
            }
            _ => None,
        };
        shown
    }
}

/// What failed, in one line. Of why nobody answered, only the last cause helps: those before it
/// say how an HTTP client is made.
pub(crate) fn with_cause(error: &ClientError) -> String {
    let what = error.to_string();
    let ClientError::Unreachable { source, .. } = error else {
        return what;
    };
    match client::chain(source).last() {
        Some(why) => format!("{what}: {}", without_number(&why)),
        None => what,
    }
}

/// `Connection refused (os error 111)` without the number.
fn without_number(cause: &str) -> &str {
    match cause.rsplit_once(" (os error ") {
        Some((words, number)) if number.ends_with(')') => words,
        _ => cause,
    }
}

/// Only for what fails while writing an answer.
impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        let mut shown = Self::failed("cannot write the output");
        if error.kind() == io::ErrorKind::BrokenPipe {
            shown.kind = Kind::ReaderGone;
        }
        shown.because(error)
    }
}

fn kind_of(error: &ClientError) -> Kind {
    match error {
        ClientError::Refused { detail, .. } if detail.code == ErrorCode::Unauthorized => {
            Kind::Unknown
        }
        _ if error.is_not_authorized() => Kind::NotAuthorized,
        ClientError::Refused { detail, .. } if detail.code == ErrorCode::NotFound => Kind::NotFound,
        ClientError::Unreachable { .. } => Kind::Unreachable,
        _ if error.is_transient() => Kind::Transient,
        _ => Kind::Server,
    }
}

fn hint_for(error: &ClientError) -> Option<String> {
    if let ClientError::Refused {
        detail,
        retry_after,
        ..
    } = error
    {
        return hint_for_refusal(detail, *retry_after);
    }
    let own = || match error {
        ClientError::Unreachable { .. } => {
            Some("is the server running? `assetctl config` shows where the address comes from")
        }
        ClientError::NotAssetmon { .. } => Some(
            "another program or a proxy answers there; \
             `assetctl config` shows where the address comes from",
        ),
        ClientError::Unreadable { .. } => {
            Some("the server and assetctl may be of different versions: see `assetctl --version`")
        }
        ClientError::TooSlow { .. } => {
            Some("it may be overloaded; `assetctl status` is a cheap request to try")
        }
        _ => None,
    };
    error.way_out().or_else(own).map(str::to_owned)
}

fn hint_for_refusal(detail: &ErrorDetail, retry_after: Option<Duration>) -> Option<String> {
    // The server's hint is for any client; this one knows where its own token comes from.
    if detail.code == ErrorCode::Unauthorized {
        let hint = "give a token with ASSETCTL_TOKEN or token_file; an admin creates one with \
                    `assetctl token create NAME --role reader`";
        return Some(hint.to_owned());
    }
    let later = || Some(format!("try again in {}s", retry_after?.as_secs()));
    let as_admin = || {
        let hint = "this needs a token with the admin role, or the local socket";
        (detail.code == ErrorCode::Forbidden).then(|| hint.to_owned())
    };
    detail.hint.clone().or_else(later).or_else(as_admin)
}
