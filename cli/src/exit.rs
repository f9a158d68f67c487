//! What `assetctl` tells its caller by its exit status.

use std::process::ExitCode;

/// The exit statuses as help texts and the manual list them.
macro_rules! exit_statuses {
    () => {
        "\
Exit status:
    0  success; for find and affected: something was found
    1  find, affected: nothing was found, and that is proven
    2  error
    3  find, affected: nothing was found, but that is not proven
    4  not authorized
  130  interrupted"
    };
}
pub(crate) use exit_statuses;

/// The exit statuses, each with one meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Something was found, or what was asked for was done.
    Found,
    /// Nothing was found, and the coverage is complete: a proof.
    Nothing,
    /// Two sides differ, and whether they do was asked.
    Differs,
    /// Something went wrong.
    Failed,
    /// Nothing was found, but the coverage is not complete: no proof.
    Unproven,
    /// The server wants another token.
    NotAuthorized,
    /// The user interrupted it.
    Interrupted,
}

impl Exit {
    /// The number that the caller sees.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Found => 0,
            Self::Nothing | Self::Differs => 1,
            Self::Failed => 2,
            Self::Unproven => 3,
            Self::NotAuthorized => 4,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
