//! Telling the server what runs: everything, one container, or what happened since it was last told.

mod happened;
mod plan;
mod story;
mod tell;

pub(crate) use happened::happened;
pub(crate) use story::{Step, Story};
pub(crate) use tell::{Told, full, update};
