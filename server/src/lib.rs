//! The assetmon server, as its program and its tests use it: routes over a store.
//!
//! [`router`] shows every route. A handler decodes its request, calls the [`store`] once and
//! replies; who may reach it stands in its signature ([`auth`]).

mod app;
pub mod arenas;
pub mod audit;
pub mod auth;
mod blocking;
pub mod clock;
pub mod connections;
pub mod demo;
pub mod error;
mod export;
mod extract;
pub mod handed;
pub mod healthy;
pub mod limits;
pub mod listen;
mod local;
pub mod logs;
pub mod metrics;
mod openapi;
mod reply;
mod requests;
pub mod retention;
mod routes;
pub mod service;
pub mod settings;
pub mod store;
mod streaming;
pub mod tls;

pub use app::App;
pub use routes::router;
