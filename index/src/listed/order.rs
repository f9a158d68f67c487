//! The order of runs, the same in every list: by host, container and beginning. The number comes
//! last: after the clock was set back, a run with a higher one may have begun before another.

/// Where a run stands in that order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The host's name.
    pub host: String,
    /// The container's name.
    pub container: String,
    /// When the run began, in milliseconds since 1970.
    pub since: i64,
    /// The run.
    pub run: u64,
}

/// The same within the hosts of one name.
pub type OfHost<'n> = (&'n str, i64, u64);

impl Place {
    /// Where it stands among the runs of its host.
    pub(super) fn of_host(&self) -> OfHost<'_> {
        (&self.container, self.since, self.run)
    }
}
