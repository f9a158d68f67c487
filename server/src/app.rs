//! What every handler works with.

use std::sync::Arc;

use crate::{clock::Clock, store::Store, tls::Tls};

/// What every handler works with.
#[derive(Clone)]
pub struct App {
    /// Everything that the server keeps.
    pub store: Arc<dyn Store>,
    /// What time it is.
    pub clock: Clock,
    /// What it speaks TLS with, where it does.
    pub tls: Option<Tls>,
}

impl App {
    /// What a server without TLS works with.
    #[must_use]
    pub const fn new(store: Arc<dyn Store>, clock: Clock) -> Self {
        Self {
            store,
            clock,
            tls: None,
        }
    }
}
