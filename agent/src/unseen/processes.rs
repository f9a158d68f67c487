//! The machine's processes that run containers, by their names.

use super::machine::Machine;

/// At most so many processes are looked at.
const MOST: usize = 65_536;
/// How much of a process's state is read.
const STATUS: u64 = 16 << 10;

/// What runs containers, as the kernel names its process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Program {
    /// Docker's.
    Dockerd,
    /// Containerd's.
    Containerd,
    /// CRI-O's.
    Crio,
    /// What podman and CRI-O start for each container.
    Conmon,
}

/// Whose a process is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Owner {
    /// Their number.
    pub(super) uid: u32,
    /// Whether it runs in a container of this machine.
    pub(super) nested: bool,
}

/// A process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Process {
    /// Its number.
    pub(super) number: u32,
    /// What it runs.
    pub(super) program: Program,
    /// Whose it is.
    pub(super) owner: Owner,
}

/// The processes that run containers.
pub(super) fn all(machine: &Machine) -> Vec<Process> {
    let numbers = machine.numbers("/proc").take(MOST);
    numbers
        .filter_map(|number| {
            let mut name = [0; 64];
            let name = machine.glance(&format!("/proc/{number}/comm"), &mut name);
            let program = program(name.ok()?)?;
            let status = machine
                .read(format!("/proc/{number}/status"), STATUS)
                .ok()?;
            let owner = owner(&String::from_utf8_lossy(&status))?;
            Some(Process {
                number,
                program,
                owner,
            })
        })
        .collect()
}

fn program(name: &[u8]) -> Option<Program> {
    Some(match name.trim_ascii_end() {
        b"conmon" => Program::Conmon,
        b"dockerd" => Program::Dockerd,
        b"containerd" => Program::Containerd,
        b"crio" => Program::Crio,
        _ => return None,
    })
}

/// Whose a process is by its `status`. In a container it has a number of its own there, and so more
/// than one.
fn owner(status: &str) -> Option<Owner> {
    let line = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key));
        line.map(str::split_whitespace)
    };
    // The second one is whose rights it has.
    let uid = line("Uid:")?.nth(1)?.parse().ok()?;
    let nested = line("NSpid:").is_some_and(|numbers| numbers.count() > 1);
    Some(Owner { uid, nested })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::{Owner, owner};

    #[test]
    fn a_process_is_somebodys_and_in_a_container_where_it_has_two_numbers() {
        let status = "Name:\tconmon\nUid:\t1000\t1001\t1000\t1000\nNSpid:\t7\n";
        let found = Owner {
            uid: 1001,
            nested: false,
        };
        assert_eq!(owner(status), Some(found));
        assert!(owner(&status.replace("\t7", "\t7\t1")).unwrap().nested);
        assert_eq!(owner(&status.replace("NSpid", "Other")), Some(found));
        assert_eq!(owner("Name:\tconmon\n"), None);
    }
}
