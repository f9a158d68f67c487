//! How the programs write to standard error and output: whatever they say, nothing goes there that a
//! terminal would obey. What is escaped, and how, `model::shown` says. And their manuals.

mod log;
pub mod manual;
mod usage;

pub use log::{Harmless, LogFormat};
pub use usage::show_usage;
