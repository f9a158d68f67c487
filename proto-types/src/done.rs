//! The answer that has nothing to tell.

use serde::{Deserialize, Serialize};

/// The answer to a request that changes something and has nothing to tell: `{}`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {}
