//! Names of hosts and images as lists take them: exact, or a pattern.

use model::{
    condition::{Condition, GLOB_SIGNS, Room},
    reference,
};
use proto_types::{Field, Match, Op};

use crate::error::{CliError, Result};

/// A name, or a pattern of names.
pub(crate) struct Pattern {
    condition: Condition,
}

impl Pattern {
    /// The name of a host, or a pattern.
    pub(crate) fn of_hosts(typed: &str) -> Result<Self> {
        let op = match typed.contains(GLOB_SIGNS) {
            true => Op::Glob,
            false => Op::Eq,
        };
        Self::new(Field::Host, op, typed.to_owned())
    }

    /// The name of an image, which may be written by its end, or a pattern.
    pub(crate) fn of_images(typed: &str) -> Result<Self> {
        Self::new(Field::ImageName, Op::Glob, reference::glob(typed.trim()))
    }

    fn new(field: Field, op: Op, value: String) -> Result<Self> {
        let one = Match { field, op, value };
        let condition = Room::of([&one]).and_then(|room| Condition::new(one, &room));
        let condition = condition.map_err(|error| CliError::failed(error.message))?;
        Ok(Self { condition })
    }

    /// Whether a name fits.
    pub(crate) fn fits(&self, name: &str) -> bool {
        self.condition.fits(name)
    }

    /// Whether one name is meant, and not any that fit.
    pub(crate) fn is_exact(&self) -> bool {
        self.condition.op() == Op::Eq
    }
}
