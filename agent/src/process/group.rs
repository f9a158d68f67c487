//! A command's processes, all of them, so that none outlives what it was started for.

use std::{fs, time::Duration};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use serde::{Deserialize, Serialize};
use tokio::process::Child;

/// How long a killed process is waited for; only one that hangs in the kernel takes longer.
const DYING: Duration = Duration::from_secs(2);

/// The process group of a command. Dropping it kills the group, unless it is known to have ended.
#[derive(Debug)]
pub(crate) struct Group {
    leader: Option<Pid>,
    over: bool,
}

/// What finds a process group again after the agent itself was killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GroupMark {
    leader: i32,
    /// When the leader started, in the kernel's ticks: process IDs are used again.
    started: u64,
}

impl Group {
    /// The group that `child` leads.
    pub(crate) fn of(child: &Child) -> Self {
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        Self {
            leader: id.and_then(Pid::from_raw),
            over: false,
        }
    }

    /// The group's leader.
    pub(crate) fn leader(&self) -> Option<i32> {
        self.leader.map(Pid::as_raw_pid)
    }

    /// What finds it again.
    pub(crate) fn mark(&self) -> Option<GroupMark> {
        let leader = self.leader()?;
        let started = started(leader)?;
        Some(GroupMark { leader, started })
    }

    /// The leader has ended by itself, and was asked to leave what it started alone.
    pub(crate) fn ended(mut self) {
        self.over = true;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let Some(leader) = self.leader.filter(|_| !self.over) else {
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

impl GroupMark {
    /// Kills the group if its leader still is the one that was marked.
    pub(crate) fn kill(self) {
        if started(self.leader) != Some(self.started) {
            return;
        }
        if let Some(leader) = Pid::from_raw(self.leader) {
            tracing::warn!(
                process = self.leader,
                "killing a scan whose agent has ended"
            );
            let _ = kill_process_group(leader, Signal::KILL);
        }
    }
}

/// When a process started, if it is there.
fn started(process: i32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name before the last parenthesis may hold anything; the start is the 22nd field, the 20th
    // after the name.
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(19)?.parse().ok()
}
