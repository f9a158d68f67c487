//! Whom the TUI talks to, and how it looks: what stays the same all the time.

use jiff::tz::TimeZone;

/// Whom it talks to, and how it looks: what stays the same all the time.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// The server.
    pub(crate) server: String,
    /// The context in use, where one is.
    pub(crate) context: Option<String>,
    /// Every context of the settings file.
    pub(crate) contexts: Vec<String>,
    /// The words that make `assetctl` ask the same server.
    pub(crate) connection: Vec<String>,
    /// The zone that times are shown in.
    pub(crate) zone: TimeZone,
    /// Whether colors are wanted.
    pub(crate) color: bool,
}
