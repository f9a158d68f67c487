//! What every handler works with.

use std::sync::Arc;

use crate::{
    clock::Clock,
    limits::{Limits, PerMinute},
    requests::Lines,
    store::Store,
    tls::Tls,
};

/// What every handler works with.
#[derive(Clone)]
pub struct App {
    /// Everything that the server keeps.
    pub store: Arc<dyn Store>,
    /// What time it is.
    pub clock: Clock,
    /// What it speaks TLS with, where it does.
    pub tls: Option<Tls>,
    /// What each token may ask.
    pub limits: Arc<Limits>,
    /// How many refused requests were logged of late.
    pub lines: Arc<Lines>,
}

impl App {
    /// What a server without TLS works with, whose limits are the usual ones.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, clock: Clock) -> Self {
        Self {
            store,
            clock,
            tls: None,
            limits: Arc::new(Limits::new(PerMinute::default())),
            lines: Arc::default(),
        }
    }
}
