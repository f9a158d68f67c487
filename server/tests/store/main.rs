//! What any engine of the store promises: each test names one promise of the design.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../common/mod.rs"]
mod common;

mod busy;
mod changes;
mod coverage;
mod deliveries;
mod failures;
mod fields;
mod find;
mod groups;
mod history;
mod hosts;
mod images;
mod invariants;
mod kept;
mod leaps;
mod leases;
mod machines;
mod model;
mod moments;
mod opinions;
mod packed;
mod pages;
mod past;
mod proof;
mod property;
mod purls;
mod quarantine;
mod reports;
mod rescans;
mod restart;
mod retention;
mod sboms;
mod tokens;
mod too_large;
mod unseen;
mod upgrade;
mod withdrawn;
