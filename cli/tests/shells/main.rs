//! Completions and the manual in the programs that people have, bash, zsh, fish and mandoc, and what README.md
//! and docs/ACCESS.md have people type.
//!
//! `cargo test -p assetctl --features shells --test shells`; scripts/install-tools brings these
//! programs, and tmux, in which the shells run.

#![allow(clippy::unwrap_used)]

mod access;
mod completion;
#[path = "../demo/mod.rs"]
mod demo;
mod manual;
mod readme;
#[path = "../tui_tmux/screen.rs"]
mod screen;
mod waiting;
