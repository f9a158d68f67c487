//! What every handler works with.

use std::sync::Arc;

use crate::{
    clock::Clock,
    limits::{Limits, PerMinute},
    metrics::Metrics,
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
    /// What is counted of what happens.
    pub metrics: Arc<Metrics>,
    /// How many refused requests were logged of late.
    pub lines: Arc<Lines>,
}

impl App {
    /// What a server without TLS works with, whose limits are the usual ones.
    ///
    /// # Errors
    /// The metrics contradict each other, which no test lets pass.
    pub fn new(store: Arc<dyn Store>, clock: Clock) -> Result<Self, prometheus::Error> {
        Ok(Self {
            metrics: Arc::new(Metrics::new(clock.now())?),
            store,
            clock,
            tls: None,
            limits: Arc::new(Limits::new(PerMinute::default())),
            lines: Arc::default(),
        })
    }
}
