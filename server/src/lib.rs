//! The assetmon server, as its program and its tests use it: routes over a store.
//!
//! [`router`] shows every route. A handler decodes its request, calls the [`store`] once and
//! replies; who may reach it stands in its signature ([`auth`]).

pub mod auth;
pub mod clock;
pub mod error;
mod export;
mod extract;
pub mod listen;
pub mod logs;
pub mod retention;
mod routes;
pub mod settings;
pub mod store;

use std::sync::Arc;

pub use routes::router;

use clock::Clock;
use store::Store;

/// What every handler works with.
#[derive(Clone)]
pub struct App {
    /// Everything that the server keeps.
    pub store: Arc<dyn Store>,
    /// What time it is.
    pub clock: Clock,
}
