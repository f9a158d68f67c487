//! A command's processes, all of them, so that none outlives what it was started for.

use std::time::Duration;

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use tokio::process::Child;

/// How long a killed process is waited for; only one that hangs in the kernel takes longer.
const DYING: Duration = Duration::from_secs(2);

/// The process group of a command. Dropping it kills the group, unless it is known to have ended or
/// is left to its own end.
#[derive(Debug)]
pub(crate) struct Group {
    leader: Option<Pid>,
    spared: bool,
}

impl Group {
    /// The group that `child` leads.
    pub(crate) fn of(child: &Child) -> Self {
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        Self {
            leader: id.and_then(Pid::from_raw),
            spared: false,
        }
    }

    /// The group's leader.
    pub(crate) fn leader(&self) -> Option<i32> {
        self.leader.map(Pid::as_raw_pid)
    }

    /// Whether it is left alone when this is dropped: since its leader has ended by itself, or since
    /// it may only end by itself.
    pub(crate) const fn spare(&mut self, spared: bool) {
        self.spared = spared;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let Some(leader) = self.leader.filter(|_| !self.spared) else {
            return;
        };
        let _ = kill_process_group(leader, Signal::KILL);
        // Until it is gone it may still write into what will be wiped next. It isn't reaped here:
        // the runtime does that.
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        let pause = Duration::from_millis(5);
        for _ in 0..(DYING.as_millis() / pause.as_millis()) {
            match waitid(WaitId::Pid(leader), options) {
                Ok(None) => std::thread::sleep(pause),
                _ => return,
            }
        }
    }
}
