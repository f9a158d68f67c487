//! The TUI as a whole: real key events through the real `update`, drawn on a terminal in memory.

#![allow(clippy::unwrap_used)]

mod advisories;
mod changes;
mod chart;
mod compared;
mod coverage;
mod data;
mod docs;
mod drilling;
mod fixture;
mod freshness;
mod hostile;
mod jumping;
mod looks;
mod news;
mod paging;
mod problems;
mod rollout;
mod screens;
mod taking;
mod typing;

use fixture::Tui;
