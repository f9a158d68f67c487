//! The answer that has nothing to tell.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The answer to a request that changes something and has nothing to tell: `{}`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Done {}
