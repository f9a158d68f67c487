//! A setting's value, and where it came from.

use std::{fmt, path::PathBuf};

/// A value and where it came from.
#[derive(Debug, Clone)]
pub(crate) struct Setting<T> {
    /// The value.
    pub(crate) value: T,
    /// Where it came from.
    pub(crate) origin: Origin,
}

/// Where a setting's value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The command line.
    Flag(&'static str),
    /// The environment.
    Env(&'static str),
    /// The settings file.
    File(PathBuf),
    /// A file that the settings file names.
    TokenFile(PathBuf),
    /// The local socket was found by itself.
    Socket,
    /// Nothing said otherwise.
    Default,
}

impl<T> Setting<T> {
    /// A value from somewhere.
    pub(crate) const fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) | Self::Env(name) => f.write_str(name),
            Self::File(path) | Self::TokenFile(path) => write!(f, "{}", path.display()),
            Self::Socket => f.write_str("the local socket, found automatically"),
            Self::Default => f.write_str("the default"),
        }
    }
}
