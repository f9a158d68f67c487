//! The trace that an agent leaves in whatever it starts, by which the next one finds it again.

use std::{ffi::OsStr, fs, os::unix::ffi::OsStrExt, path::Path, sync::OnceLock, time::Duration};

use rustix::process::{Pid, Signal, kill_process};

/// The variable that each process carries which an agent started.
pub(super) const VARIABLE: &str = "ASSETMON_AGENT_PROCESS";
/// How often processes are killed until none is left: what is killed may start another first.
const TRIES: u32 = 80;
/// How long to leave between two tries.
const PAUSE: Duration = Duration::from_millis(25);

/// This agent, as no other process of this boot was or will be called: its number, and when it
/// started.
pub(crate) fn own() -> &'static str {
    static OWN: OnceLock<String> = OnceLock::new();
    OWN.get_or_init(|| {
        let started = fs::read_to_string("/proc/self/stat").ok();
        let started = started.as_deref().and_then(started_at).unwrap_or("0");
        format!("{}.{started}", std::process::id())
    })
}

/// When a process started, in the kernel's ticks: the 22nd field, the 20th after the name, which may
/// hold anything but ends with the last parenthesis.
fn started_at(stat: &str) -> Option<&str> {
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(19)
}

/// Whether anything still runs that the agent of this name started.
pub(crate) fn is_at_work(agent: &str) -> bool {
    !agent.is_empty() && !carrying(VARIABLE, agent.as_ref()).is_empty()
}

/// Ends whatever has its temporary files in `folder`, which only a scan's processes do.
pub(crate) fn end_those_in(folder: &Path) {
    for _ in 0..TRIES {
        let processes = carrying("TMPDIR", folder.as_os_str());
        if processes.is_empty() {
            return;
        }
        for process in processes {
            tracing::warn!(process, "killing what is left of a scan");
            if let Some(process) = Pid::from_raw(process) {
                let _ = kill_process(process, Signal::KILL);
            }
        }
        std::thread::sleep(PAUSE);
    }
}

/// The processes that were started with this variable; none that is dead.
fn carrying(variable: &str, value: &OsStr) -> Vec<i32> {
    let wanted = [variable.as_bytes(), b"=", value.as_bytes()].concat();
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let carries = |process: &i32| {
        let environment = fs::read(format!("/proc/{process}/environ")).unwrap_or_default();
        environment
            .split(|byte| *byte == 0)
            .any(|one| one == wanted)
    };
    numbers.filter(carries).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::process::{Child, Command};

    use super::*;

    fn sleeping(variable: &str, value: &OsStr) -> Child {
        let mut command = Command::new("sleep");
        let child = command.arg("300").env(variable, value).spawn().unwrap();
        // A process that has just begun shows no environment yet.
        while !carrying(variable, value).contains(&i32::try_from(child.id()).unwrap()) {
            std::thread::sleep(PAUSE);
        }
        child
    }

    #[test]
    fn what_an_agent_started_is_found_by_its_name_and_no_longer_when_it_has_ended() {
        let name = format!("test.{}", own());
        assert!(!is_at_work(&name));
        let mut child = sleeping(VARIABLE, name.as_ref());
        assert!(is_at_work(&name));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!is_at_work(&name));
        assert!(!is_at_work(""));
    }

    #[test]
    fn who_has_temporary_files_in_a_scans_folder_is_ended_and_nobody_else() {
        let root = tempfile::tempdir().unwrap();
        let inside = root.path().join("work");
        let mut scan = sleeping("TMPDIR", inside.as_os_str());
        let mut other = sleeping("TMPDIR", root.path().as_os_str());
        // Dead and not yet reaped it carries nothing.
        end_those_in(&inside);
        assert!(!scan.wait().unwrap().success());
        assert!(other.try_wait().unwrap().is_none());
        other.kill().unwrap();
        other.wait().unwrap();
    }
}
