//! What every handler works with.

use std::sync::Arc;

use crate::{clock::Clock, store::Store};

/// What every handler works with.
#[derive(Clone)]
pub struct App {
    /// Everything that the server keeps.
    pub store: Arc<dyn Store>,
    /// What time it is.
    pub clock: Clock,
}
