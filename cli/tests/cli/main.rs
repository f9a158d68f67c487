//! The real binary against a small fake server.
#![allow(clippy::unwrap_used)]

mod advisories;
mod affected;
mod errors;
mod exposure;
mod fake;
mod find;
mod formats;
mod help;
mod hostile;
mod lists;
mod opinions;
mod pages;
mod pipes;
mod settings;
#[path = "../support/mod.rs"]
mod support;
mod watch;
