//! The only place that starts processes: no shell, bounded in time, output, memory and space, and
//! none left behind.

mod bounds;
mod error;
mod group;
mod program;
mod usage;

pub(crate) use bounds::Bounds;
pub(crate) use error::{Excess, ProgramError};
pub(crate) use group::GroupMark;
pub(crate) use program::{Finished, Program};
