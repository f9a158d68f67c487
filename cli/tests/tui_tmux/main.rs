//! The TUI itself, on a terminal that tmux draws, against a server of its own.
//!
//! `cargo test -p assetctl --features tmux --test tui_tmux`; needs tmux.

#![allow(clippy::unwrap_used)]

mod advisories;
mod fleet;
mod screen;
mod terminal;
mod walk;

use fleet::Fleet;
use screen::Screen;
