//! Podman stores in users' homes that hold containers, running or not.

use std::{
    io::{self, Read},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::machine::Machine;
use crate::{passwd::Line, tree::Tree};

/// Where podman keeps a user's store, below their home.
const STORE: &str = ".local/share/containers/storage";
/// What podman calls its drivers.
const DRIVERS: [&str; 4] = ["overlay", "vfs", "btrfs", "zfs"];
/// Where a driver lists its containers; the second is for those that go when they end.
const LISTS: [&str; 2] = ["containers.json", "volatile-containers.json"];
/// How much of a list is read.
const MOST: u64 = 8 << 20;
/// How much of the list of mounts is read.
const MOUNTS: u64 = 8 << 20;
/// File systems that may wait for another machine, or that somebody mounts when they are looked at.
const AWAY: [&str; 12] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "autofs",
    "afs",
    "9p",
    "ceph",
    "glusterfs",
    "lustre",
    "gpfs",
    "fuse",
];

#[derive(Deserialize)]
struct Container {
    id: String,
}

/// Which homes may be looked into: those on a file system of this machine.
#[derive(Debug)]
pub(super) struct Homes<'a> {
    machine: &'a Machine,
    /// Where something is mounted, and whether that is a file system of this machine. The last one on
    /// a place is the one that is seen.
    mounts: Vec<(PathBuf, bool)>,
}

impl<'a> Homes<'a> {
    /// Those of a machine.
    pub(super) fn of(machine: &'a Machine) -> Self {
        let list = machine.text("/proc/self/mountinfo", MOUNTS);
        let mounts = list.iter().flat_map(|list| list.lines());
        Self {
            machine,
            mounts: mounts.filter_map(mount).collect(),
        }
    }

    /// The IDs of the containers in a user's own store; none where there is no store, or where it
    /// can't be looked into.
    pub(super) fn containers(&self, account: &Line) -> Vec<String> {
        let home = Path::new(&account.home);
        if !home.is_absolute() || !self.is_here(home) {
            return Vec::new();
        }
        self.read(home, account.uid).unwrap_or_else(|error| {
            if error.kind() != io::ErrorKind::NotFound {
                tracing::debug!(
                    user = account.name,
                    "the home can't be looked into: {error}"
                );
            }
            Vec::new()
        })
    }

    fn read(&self, home: &Path, uid: u32) -> io::Result<Vec<String>> {
        let home = self.machine.path(home);
        // Accounts of the system share homes that are nobody's.
        if std::fs::symlink_metadata(&home)?.uid() != uid {
            return Ok(Vec::new());
        }
        // Nothing that a user puts there leads this out of their home, or has it wait.
        let home = Tree::open(&home)?;
        let mut ids = Vec::new();
        if !home.has(Path::new(STORE))? {
            return Ok(ids);
        }
        for driver in DRIVERS {
            for list in LISTS {
                let path = format!("{STORE}/{driver}-containers/{list}");
                if let Some(file) = home.read(Path::new(&path))? {
                    let mut json = Vec::new();
                    file.take(MOST).read_to_end(&mut json)?;
                    let containers: Vec<Container> = serde_json::from_slice(&json)?;
                    ids.extend(containers.into_iter().map(|container| container.id));
                }
            }
        }
        Ok(ids)
    }

    /// Whether a path is on a file system of this machine.
    fn is_here(&self, path: &Path) -> bool {
        let above = self.mounts.iter().filter(|(at, _)| path.starts_with(at));
        let nearest = above.max_by_key(|(at, _)| at.components().count());
        nearest.is_some_and(|(_, here)| *here)
    }
}

/// Where a line of `proc_pid_mountinfo(5)` says that something is mounted, and whether that is a file
/// system of this machine.
fn mount(line: &str) -> Option<(PathBuf, bool)> {
    let (before, after) = line.split_once(" - ")?;
    let place = before.split(' ').nth(4)?;
    // As the kernel writes it; other blanks in a mount's path are too rare.
    let place = place.replace("\\040", " ");
    let kind = after.split(' ').next()?;
    let kind = kind.split('.').next()?;
    Some((place.into(), !AWAY.contains(&kind)))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::{
        fs,
        os::unix::fs::{MetadataExt, symlink},
        path::Path,
    };

    use super::{Homes, Machine};
    use crate::passwd::Line;

    const MOUNTS: &str = "\
        21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n\
        30 21 0:40 / /net rw - autofs auto rw\n\
        31 21 0:41 / /home/away rw shared:1 - nfs4 nas:/home rw\n\
        32 21 0:42 / /home/my\\040own rw - fuse.sshfs x rw\n";

    /// A machine with a user whose store has these files, and the user.
    fn machine(files: &[(&str, &str)]) -> (tempfile::TempDir, Machine, Line) {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("proc/self")).unwrap();
        fs::write(root.path().join("proc/self/mountinfo"), MOUNTS).unwrap();
        let store = root
            .path()
            .join("home/alice/.local/share/containers/storage");
        fs::create_dir_all(&store).unwrap();
        for (name, text) in files {
            let file = store.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let alice = Line {
            name: "alice".to_owned(),
            uid: fs::metadata(root.path()).unwrap().uid(),
            gid: 1,
            home: "/home/alice".to_owned(),
        };
        let machine = Machine::at(root.path());
        (root, machine, alice)
    }

    #[test]
    fn a_users_store_holds_the_containers_that_its_lists_name() {
        let (_root, machine, alice) = machine(&[
            (
                "overlay-containers/containers.json",
                r#"[{"id":"c1","names":["x"]}]"#,
            ),
            (
                "vfs-containers/volatile-containers.json",
                r#"[{"id":"c2"}]"#,
            ),
            ("vfs-containers/containers.json", "[]"),
        ]);
        assert_eq!(Homes::of(&machine).containers(&alice), ["c1", "c2"]);
        let other = Line {
            uid: alice.uid + 1,
            ..alice
        };
        assert!(
            Homes::of(&machine).containers(&other).is_empty(),
            "not theirs"
        );
    }

    #[test]
    fn what_is_no_list_of_containers_holds_none_and_keeps_nobody_waiting() {
        let (root, machine, alice) = machine(&[("overlay-containers/containers.json", "{]")]);
        assert!(Homes::of(&machine).containers(&alice).is_empty());
        let store = root
            .path()
            .join("home/alice/.local/share/containers/storage");
        let list = store.join("overlay-containers/containers.json");
        fs::remove_file(&list).unwrap();
        let fifo = rustix::fs::FileType::Fifo;
        rustix::fs::mknodat(rustix::fs::CWD, &list, fifo, 0o600.into(), 0).unwrap();
        assert!(Homes::of(&machine).containers(&alice).is_empty());
        fs::remove_file(&list).unwrap();
        let outside = root.path().join("outside");
        fs::write(&outside, r#"[{"id":"c1"}]"#).unwrap();
        symlink(&outside, &list).unwrap();
        assert!(Homes::of(&machine).containers(&alice).is_empty());
    }

    #[test]
    fn a_home_that_may_wait_for_another_machine_is_not_looked_into() {
        let (_root, machine, _) = machine(&[]);
        let homes = Homes::of(&machine);
        for (home, here) in [
            ("/home/alice", true),
            ("/home/away", false),
            ("/home/away/alice", false),
            ("/home/away2", true),
            ("/net/alice", false),
            ("/home/my own/x", false),
        ] {
            assert_eq!(homes.is_here(Path::new(home)), here, "{home}");
        }
    }
}
