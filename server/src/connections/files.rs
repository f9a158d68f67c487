//! Files: how many the process may have open, and how many connections that leaves room for.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Files that are no client's: the database with its readers, the log, the local socket and its
/// connections.
const KEPT: u64 = 256;
/// Connections that are served at once at most, however many files there are.
const MOST: u64 = 8_192;

/// Raises the number of files that the process may have open to what it is allowed to have.
pub fn raise_files() {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(%error, "the number of open files can't be raised");
    }
}

/// How many connections of the address may be open at once: as many as leave the rest its files.
#[must_use]
pub fn most() -> usize {
    room(getrlimit(Resource::Nofile).current)
}

fn room(files: Option<u64>) -> usize {
    // With few files, half of them are kept.
    let room = files.map_or(MOST, |files| files.saturating_sub(KEPT.min(files / 2)));
    usize::try_from(room.clamp(1, MOST)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::room;

    #[test]
    fn connections_leave_files_to_the_rest() {
        let rooms = [None, Some(1 << 20), Some(1_024), Some(128), Some(0)].map(room);
        assert_eq!(rooms, [8_192, 8_192, 768, 64, 1]);
    }
}
