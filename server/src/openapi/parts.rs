//! What the operations of the document share, each said once.

use super::{refusals::Refusals, schemas::Schemas};

/// The shapes and the refusals so far.
#[derive(Default)]
pub struct Parts {
    /// What requests and answers are made of.
    pub schemas: Schemas,
    /// What requests may be refused with.
    pub refusals: Refusals,
}
