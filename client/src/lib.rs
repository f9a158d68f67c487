//! One typed HTTP client for assetmon, used by every program that talks to a server.
//!
//! [`Client::send`] takes any [`proto_types::Endpoint`] and answers with its response type;
//! [`Client::find_each`] streams the results of a `find` of any size, and
//! [`Client::follow_changes`] what changes from a moment on. [`Client::upload`] sends a body of any size while it is made.
//!
//! Whatever answers, no answer takes more memory or time than its [`Bounds`], no token goes to
//! anyone but the server, and what a proxy answers is told from what the server does.

mod answer;
mod body;
mod bounds;
mod chain;
mod client;
mod error;
mod events;
mod lines;
mod moved;
mod peer;
mod request;
mod retry_after;
mod security;
mod server;
mod setup;
mod upload;

pub use bounds::Bounds;
pub use chain::chain;
pub use client::Client;
pub use error::{CertificateFault, ClientError, Result};
pub use events::Changes;
pub use lines::Lines;
pub use security::Security;
pub use server::{InvalidServer, ServerAddress};
pub use upload::{Ended, Pieces, UploadBody, upload};
