//! Conmons: podman and CRI-O start one for each container that runs.

use std::{
    ffi::OsStr,
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
};

use super::{
    machine::Machine,
    processes::{Owner, Process},
};

/// How much of a command line is read.
const COMMAND: u64 = 64 << 10;
/// How many of a process's children are looked at.
const CHILDREN: usize = 256;

/// A conmon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Monitor {
    /// Its number.
    number: u32,
    /// The container's ID.
    pub(super) container: String,
    /// The store that the container is in, where it says so.
    pub(super) store: Option<PathBuf>,
    /// Whether it is CRI-O's.
    pub(super) is_crios: bool,
    /// Whose it is.
    pub(super) owner: Owner,
}

impl Monitor {
    /// The one that a process named `conmon` is, if it watches a container.
    pub(super) fn of(machine: &Machine, process: Process) -> Option<Self> {
        let command = command(machine, process.number);
        let value = |names: [&str; 2]| {
            let mut words = command.iter();
            words.find(|word| names.iter().any(|name| word.as_slice() == name.as_bytes()))?;
            words.next()
        };
        let container = value(["-c", "--cid"]).filter(|id| is_id(id))?;
        let bundle = value(["-b", "--bundle"]);
        let crios = [["--exit-dir"; 2], ["--socket-dir-path"; 2]];
        Some(Self {
            number: process.number,
            container: String::from_utf8_lossy(container).into_owned(),
            store: bundle.and_then(|bundle| store(Path::new(OsStr::from_bytes(bundle)))),
            is_crios: crios.into_iter().filter_map(value).any(|path| {
                let mut parts = path.split(|byte| *byte == b'/');
                parts.any(|part| part == b"crio")
            }),
            owner: process.owner,
        })
    }

    /// Whether its container runs still: a conmon outlives that for as long as podman cleans up.
    pub(super) fn is_at_work(&self, machine: &Machine) -> bool {
        let number = self.number;
        let words = command(machine, number);
        let id = self.container.as_bytes();
        if !words.iter().any(|word| word == id) {
            return false;
        }
        let children = machine.read(format!("/proc/{number}/task/{number}/children"), 4096);
        // Kernels may be built without it.
        let Ok(children) = children else {
            return true;
        };
        let children = String::from_utf8_lossy(&children).into_owned();
        let mut children = children.split_whitespace().take(CHILDREN);
        children.any(|child| {
            let words = child.parse().map(|child| command(machine, child));
            let is = |word: &[u8]| words.iter().flatten().any(|one| one == word);
            // One that is dead and not yet reaped has no command.
            words.as_ref().is_ok_and(|words| !words.is_empty()) && !(is(b"cleanup") && is(id))
        })
    }
}

/// The words of a process's command line; none where it has ended.
fn command(machine: &Machine, process: u32) -> Vec<Vec<u8>> {
    let line = machine.read(format!("/proc/{process}/cmdline"), COMMAND);
    let line = line.unwrap_or_default();
    let words = line.split(|byte| *byte == 0).map(<[u8]>::to_vec);
    words.filter(|word| !word.is_empty()).collect()
}

fn is_id(word: &[u8]) -> bool {
    word.len() == 64 && word.iter().all(u8::is_ascii_hexdigit)
}

/// The store of a container by its folder, which is `STORE/overlay-containers/ID/userdata`.
fn store(bundle: &Path) -> Option<PathBuf> {
    let folder = bundle.parent()?.parent()?;
    let name = folder.file_name()?.as_bytes();
    let is_stores = bundle.is_absolute() && name.ends_with(b"-containers");
    folder.parent().filter(|_| is_stores).map(Path::to_owned)
}
