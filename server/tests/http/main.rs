//! What the API promises: each test names one promise of the contract.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../common/mod.rs"]
mod common;

mod affected;
mod affected_groups;
mod affecting;
mod api;
mod audited;
mod auth;
mod bad_input;
mod bodies;
mod bounds;
mod busy;
mod certificates;
mod credentials;
mod ended;
mod enroll;
mod exposure;
mod feeds;
mod find;
mod hosts;
mod images;
mod kept;
mod limited;
mod metrics;
mod openapi;
mod operations;
mod reports;
mod requests;
mod status;
mod tokens;
mod urgency;
mod vex;
