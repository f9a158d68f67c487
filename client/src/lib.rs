//! One typed HTTP client for assetmon, used by every program that talks to a server.
//!
//! [`Client::send`] takes any [`proto_types::Endpoint`] and answers with its response type;
//! [`Client::find_each`] streams the results of a `find` of any size, and
//! [`Client::follow_changes`] what changes from a moment on.

mod chain;
mod client;
mod error;
mod events;
mod lines;
mod server;

pub use chain::chain;
pub use client::Client;
pub use error::{ClientError, Result};
pub use events::Changes;
pub use lines::Lines;
pub use server::{InvalidServer, ServerAddress};
