//! Requests as the log and whoever sent them know them: each has an ID, and those that are refused a
//! line.

mod id;
mod known;
mod lines;
mod refusal;

pub use known::known;
pub use lines::Lines;
pub use refusal::Refusal;
