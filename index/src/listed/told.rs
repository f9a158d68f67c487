//! Runs with the commits that told of them.

use super::containers::{Listed, listed};
use crate::{change::Seq, fleet::Index, runs::RunAt};

/// A run, and the commits that told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told<'i> {
    /// The run.
    pub run: Listed<'i>,
    /// The commit that began it.
    pub began: Seq,
    /// The commit that ended it, where one did.
    pub ended: Option<Seq>,
}

impl Index {
    /// Every run that is kept of the hosts that have or had a name, in no order.
    pub fn told_of_host(&self, host: &str) -> impl Iterator<Item = Told<'_>> {
        let hosts = self.hosts.named(host, self.seq);
        let runs = hosts.into_iter().flat_map(|host| self.runs.of_host(host));
        runs.map(|(run, past)| Told {
            run: listed(
                self,
                self.seq,
                RunAt {
                    run,
                    until: past.map(|past| past.until),
                },
            ),
            began: run.began,
            ended: past.map(|past| past.ended),
        })
    }
}
