//! The genuine syft behind a wrapper that counts its scans and can hold them at a gate.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::{
    lab::{Lab, MARK},
    process::holds_within,
};

/// How long a scan may take to get to a gate.
const LIMIT: Duration = Duration::from_secs(60);

/// A syft of one host's own.
#[derive(Debug)]
pub struct Syft {
    folder: PathBuf,
}

/// Where a scan can be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Before syft begins.
    Before,
    /// In the middle of syft's work.
    During,
    /// When syft has printed everything, before it is known to have ended.
    After,
}

impl Syft {
    /// A wrapper in `folder`.
    pub(crate) fn new(folder: &Path) -> Self {
        let syft = Self {
            folder: folder.join("syft"),
        };
        fs::create_dir(&syft.folder).expect("a host's folder can be written to");
        let script = WRAPPER
            .replace("@SYFT@", &Lab::get().syft().to_string_lossy())
            .replace("@MARK@", MARK)
            .replace("@LAB@", &Lab::get().folder.to_string_lossy())
            .replace("@FOLDER@", &syft.folder.to_string_lossy());
        fs::write(syft.program(), script).expect("the wrapper can be written");
        fs::set_permissions(syft.program(), fs::Permissions::from_mode(0o755))
            .expect("the wrapper can be made a program");
        syft
    }

    /// The wrapper.
    pub fn program(&self) -> PathBuf {
        self.folder.join("syft")
    }

    /// How many scans were started, finished or not.
    pub fn scans(&self) -> usize {
        let scans = fs::read_to_string(self.folder.join("scans"));
        scans.map_or(0, |scans| scans.lines().count())
    }

    /// Holds the next scan there.
    pub fn close(&self, gate: Gate) {
        let _ = fs::remove_file(self.reached(gate));
        fs::write(self.gate(gate), "").expect("a gate can be closed");
    }

    /// Waits until a scan is held there.
    pub fn wait_at(&self, gate: Gate) {
        let missed = self.gate(gate).with_extension("missed");
        let held = holds_within(LIMIT, || {
            assert!(!missed.exists(), "syft ended before it could be held");
            self.reached(gate).exists()
        });
        let log = self.folder.with_file_name("agent.log");
        assert!(
            held,
            "no scan came to the gate {gate:?} in {LIMIT:?}; the agent says:\n{}",
            fs::read_to_string(log).unwrap_or_default()
        );
    }

    /// Lets the scan go on.
    pub fn open(&self, gate: Gate) {
        fs::remove_file(self.gate(gate)).expect("a closed gate can be opened");
    }

    fn gate(&self, gate: Gate) -> PathBuf {
        let name = match gate {
            Gate::Before => "before",
            Gate::During => "during",
            Gate::After => "after",
        };
        self.folder.join(name)
    }

    fn reached(&self, gate: Gate) -> PathBuf {
        self.gate(gate).with_extension("reached")
    }
}

/// In the middle of its work the genuine syft is stopped, not imitated; and as it leaves much in
/// its temporary folder when it is killed then, so does this.
const WRAPPER: &str = r#"#!/bin/sh
# The genuine syft, with its scans counted, and held at the gates that are closed.
# The agent passes no mark on.
export @MARK@='@LAB@'
# A scan of an empty folder, numbered 0, is how the agent tries it.
case "$*" in *000000000000*) exec '@SYFT@' "$@" ;; esac
[ "${1:-}" = scan ] || exec '@SYFT@' "$@"
cd '@FOLDER@' || exit
echo "${TMPDIR:-}" >>scans

hold() {
    : >"$1.reached"
    while [ -e "$1" ]; do sleep 0.02; done
}

[ ! -e before ] || hold before
if [ -e during ]; then
    '@SYFT@' "$@" &
    syft=$!
    sleep 0.4
    kill -STOP $syft
    head -c 1000000 /dev/zero >"${TMPDIR:-.}/left-by-syft"
    # It must be in the middle: T is stopped, Z would have ended before. Where all is busy, it takes a
    # moment to stop.
    until [ "$(cut -d ' ' -f 3 "/proc/$syft/stat")" = T ]; do
        [ "$(cut -d ' ' -f 3 "/proc/$syft/stat")" != Z ] || { : >during.missed; exit 99; }
        sleep 0.02
    done
    hold during
    kill -CONT $syft
    wait $syft
else
    '@SYFT@' "$@"
fi
status=$?
[ ! -e after ] || hold after
exit $status
"#;
