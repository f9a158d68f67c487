//! The bounds of one connection.

use std::time::Duration;

/// How long the head of a request may take to come in, the time before its first byte included.
pub const HEAD: Duration = Duration::from_secs(15);
/// The bytes of a head, and of what is read of a body at once.
pub const HEAD_BYTES: usize = 64 << 10;
/// How long a client may take in nothing of an answer that is there.
pub const TAKES_NOTHING: Duration = Duration::from_secs(30);
