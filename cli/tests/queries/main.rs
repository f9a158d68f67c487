//! The questions of the day, against a real server: every command line of docs/QUERIES.md, and
//! everything that may be typed wrong.
#![allow(clippy::unwrap_used)]

mod airgapped;
mod backup;
mod bad_input;
mod by_advisory;
mod document;
mod expected;
#[path = "../fleet/mod.rs"]
mod fleet;
mod formats;
mod history;
mod many_names;
mod names;
mod proof;
mod purls;
mod slips;
mod spellings;
mod suggestions;
#[path = "../support/mod.rs"]
mod support;
mod watching;
