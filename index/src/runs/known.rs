//! What is known of an image by its runs, kept so that none needs to be looked at.

use crate::change::Seq;

/// What the runs of an image add up to as of the last commit, and what of it no run that is kept
/// tells any more. Times are milliseconds since 1970.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// The name that its newest run was started by, by the number of its text.
    pub name: u32,
    /// The commit that told of that run.
    pub named: Seq,
    /// The newest name that no run which is kept tells, its run and the commit that told of that:
    /// side by side they take 8 bytes less for each image than as a [`Naming`].
    name_of_none: u32,
    run_of_none: u64,
    named_of_none: Seq,
    /// When it was first seen.
    pub first: i64,
    /// When a run of it last ended.
    pub last: Option<i64>,
    /// The same as `first`, of what is kept of no run; the last moment there is where that is
    /// nothing.
    pub first_of_none: i64,
    /// The same as `last`, of what is kept of no run; the first moment there is where that is
    /// nothing.
    pub last_of_none: i64,
}

impl Known {
    /// What is known of an image that a commit told of by this name, before any run.
    pub const fn of(name: u32, named: Seq, first: i64) -> Self {
        Self {
            name,
            named,
            name_of_none: name,
            run_of_none: 0,
            named_of_none: named,
            first,
            last: None,
            first_of_none: first,
            last_of_none: i64::MIN,
        }
    }

    /// The newest name that no run which is kept tells.
    pub const fn naming_of_none(&self) -> Naming {
        (self.named_of_none, self.run_of_none, self.name_of_none)
    }

    /// Keeps a name that no run tells any more, where there is no newer one.
    pub fn keep_name(&mut self, naming: Naming) {
        let newest = self.naming_of_none().max(naming);
        (self.named_of_none, self.run_of_none, self.name_of_none) = newest;
    }

    /// Gives the names' texts other numbers.
    pub fn renumber(&mut self, mut number: impl FnMut(u32) -> u32) {
        self.name = number(self.name);
        self.name_of_none = number(self.name_of_none);
    }
}

/// The name that a run of an image was started by: the commit that told of the run, the run's
/// number and the number of the name's text. The greatest is the newest.
pub type Naming = (Seq, u64, u32);

/// When an image ran as of a commit, in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// When it was first seen.
    pub first: i64,
    /// When a run of it last ended.
    pub last: Option<i64>,
    /// Whether it ran.
    pub runs: bool,
}
