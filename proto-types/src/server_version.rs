//! Which version of the server answers.

/// The header of every answer that has it, as in `0.1.0`.
pub const SERVER_VERSION: &str = "x-assetmon-version";
