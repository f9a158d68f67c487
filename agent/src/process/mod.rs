//! The only place that starts processes: no shell, bounded in time, output, memory and space, and
//! none left behind.

mod bounds;
mod error;
mod files;
mod follow;
mod group;
mod held;
mod lowest;
mod program;
pub(crate) mod trace;
mod usage;

pub(crate) use bounds::Bounds;
pub(crate) use error::{Excess, ProgramError};
pub(crate) use follow::{Following, Line};
pub(crate) use held::Held;
pub(crate) use lowest::Lowest;
pub(crate) use program::{Finished, Program};
