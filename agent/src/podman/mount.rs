//! An image's tree while it is mounted.

use std::{
    ffi::OsString,
    fs, io,
    os::unix::{
        ffi::{OsStrExt, OsStringExt},
        fs::MetadataExt,
    },
    path::{Component, Path, PathBuf},
};

use super::layers::Layers;
use crate::process::Held;

/// A tree that is mounted for reading.
#[derive(Debug)]
pub(crate) struct Mount {
    named: PathBuf,
    tree: PathBuf,
    /// What the agent itself put it together from, where podman didn't mount it.
    layers: Option<Layers>,
    /// The process in whose mount namespace it is, where only what joins that sees it.
    namespace: Option<u32>,
    /// Keeps the namespace open in which the tree is seen.
    _held: Option<Held>,
}

/// A place that is no image's tree.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoTree {
    /// Podman named none.
    #[error("podman printed no mount point for the image")]
    NoFolder,
    /// It is in no namespace of the user's, or not theirs.
    #[error("the mount point {} isn't the user's own", .0.display())]
    NotTheirs(PathBuf),
    /// It can't be looked at.
    #[error("the mount point {} can't be read: {source}", path.display())]
    Unreadable {
        /// The place.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Mount {
    /// The tree where podman says that it is.
    pub(super) fn new(said: Vec<u8>) -> Result<Self, NoTree> {
        let named = folder(said)?;
        Ok(Self {
            tree: named.clone(),
            named,
            layers: None,
            namespace: None,
            _held: None,
        })
    }

    /// The tree that a process, which is `held`, put together from these layers in a namespace of its
    /// own; it has said its number and where the tree is.
    pub(super) fn of_layers(held: Held, layers: Layers) -> Result<Self, NoTree> {
        let (process, named) = said(&held)?;
        Ok(Self {
            tree: seen_by(process, &named),
            named,
            layers: Some(layers),
            namespace: Some(process),
            _held: Some(held),
        })
    }

    /// The tree in the namespace of a user's podman, of which a process is `held` there; it has
    /// said its number and where the tree is.
    ///
    /// What it says, the user can choose: it must be a process of theirs, and the tree must belong
    /// to somebody in their namespace, so that no other folder of the machine is read as root.
    pub(super) fn of_user(held: Held, uid: u32) -> Result<Self, NoTree> {
        let (process, named) = said(&held)?;
        let tree = seen_by(process, &named);
        let process = PathBuf::from(format!("/proc/{process}"));
        let unreadable = |source| NoTree::Unreadable {
            path: named.clone(),
            source,
        };
        let owner = fs::metadata(&process).map_err(unreadable)?.uid();
        let map = fs::read_to_string(process.join("uid_map")).map_err(unreadable)?;
        let root = fs::metadata(&tree).map_err(unreadable)?.uid();
        if owner != uid || !is_mapped(&map, root) {
            return Err(NoTree::NotTheirs(named));
        }
        Ok(Self {
            named,
            tree,
            layers: None,
            namespace: None,
            _held: Some(held),
        })
    }

    /// Where podman says that it is.
    pub(crate) fn named(&self) -> &Path {
        &self.named
    }

    /// What the agent itself put it together from.
    pub(super) const fn layers(&self) -> Option<&Layers> {
        self.layers.as_ref()
    }

    /// Whether podman mounted it, and has to unmount it.
    pub(crate) const fn is_podmans(&self) -> bool {
        self.layers.is_none()
    }

    /// The process in whose mount namespace it is, where only what joins that sees it.
    pub(crate) const fn namespace(&self) -> Option<u32> {
        self.namespace
    }

    /// Where this process finds it.
    pub(crate) fn tree(&self) -> &Path {
        &self.tree
    }
}

/// The number of a process and the tree that it said.
fn said(held: &Held) -> Result<(u32, PathBuf), NoTree> {
    let said = held.said();
    let space = said.iter().position(|byte| *byte == b' ');
    let (process, path) = said.split_at(space.ok_or(NoTree::NoFolder)?);
    let process: u32 = std::str::from_utf8(process)
        .ok()
        .and_then(|process| process.parse().ok())
        .ok_or(NoTree::NoFolder)?;
    Ok((process, folder(path.trim_ascii_start().to_vec())?))
}

/// Where a process's file is for everybody.
fn seen_by(process: u32, path: &Path) -> PathBuf {
    let mut seen = OsString::from(format!("/proc/{process}/root"));
    seen.push(path);
    seen.into()
}

/// The folder that was printed on a line.
fn folder(mut said: Vec<u8>) -> Result<PathBuf, NoTree> {
    said.truncate(said.trim_ascii_end().len());
    let path = PathBuf::from(OsString::from_vec(said));
    let is_plain = path
        .components()
        .all(|part| matches!(part, Component::RootDir | Component::Normal(_)));
    let is_folder = path.is_absolute() && path != Path::new("/");
    if is_folder && is_plain && !path.as_os_str().as_bytes().contains(&b'\n') {
        return Ok(path);
    }
    Err(NoTree::NoFolder)
}

/// Whether a namespace knows a user of the machine, by its map as `user_namespaces(7)` has it: a
/// line each with the first number inside, the first outside, and how many there are.
fn is_mapped(map: &str, uid: u32) -> bool {
    map.lines().any(|line| {
        let mut numbers = line.split_whitespace().map(str::parse::<u64>);
        match (numbers.next(), numbers.next(), numbers.next()) {
            (Some(Ok(_)), Some(Ok(first)), Some(Ok(count))) => {
                (first..first.saturating_add(count)).contains(&u64::from(uid))
            }
            _ => false,
        }
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::{folder, is_mapped};

    #[test]
    fn a_mount_point_is_an_absolute_path_without_ways_up() {
        let good = folder(b"/var/lib/containers/x y\n".to_vec()).unwrap();
        assert_eq!(good.to_str(), Some("/var/lib/containers/x y"));
        for wrong in ["", "\n", "/", "relative", "/a/../etc", "/a\n/b"] {
            assert!(folder(wrong.into()).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_namespace_knows_its_user_and_their_subordinates_only() {
        let map = "         0       1001          1\n         1     100000      65536\n";
        for known in [1001, 100_000, 165_535] {
            assert!(is_mapped(map, known), "{known}");
        }
        for other in [0, 1000, 1002, 99_999, 165_536] {
            assert!(!is_mapped(map, other), "{other}");
        }
        assert!(!is_mapped("what is this", 0));
    }
}
