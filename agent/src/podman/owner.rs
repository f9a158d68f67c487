//! Whose a store is: root's podman may only touch what is root's.

use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use super::account::{Account, NoAccount};
use crate::{process::Program, settings::Words};

/// Whose podman shows a store.
#[derive(Debug, Clone)]
pub(super) enum Owner {
    /// The agent's own user's.
    Agent(Words),
    /// Another user's, who may not be there.
    User(Result<Account, NoAccount>),
}

/// What podman is told of the environment: where its settings and its store are, and whose they are.
/// `CONTAINER_HOST` and its like aren't among it, which would have it answer for another machine.
const ENVIRONMENT: [&str; 14] = [
    "HOME",
    "TMPDIR",
    "XDG_RUNTIME_DIR",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "DBUS_SESSION_BUS_ADDRESS",
    "CONTAINERS_CONF",
    "CONTAINERS_CONF_OVERRIDE",
    "CONTAINERS_STORAGE_CONF",
    "STORAGE_DRIVER",
    "STORAGE_OPTS",
    // How podman, started again inside `podman unshare`, knows where it is.
    "_CONTAINERS_USERNS_CONFIGURED",
    "_CONTAINERS_ROOTLESS_UID",
    "_CONTAINERS_ROOTLESS_GID",
];

/// Why podman isn't started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refused {
    /// The store belongs to another user than the one whose podman is to show it.
    #[error(
        "the store {} belongs to the user with the number {uid}: podman, run as another user, would change its owners and break it for them; put the user's name into `users` instead",
        root.display()
    )]
    Foreign {
        /// The store.
        root: PathBuf,
        /// Whose it is.
        uid: u32,
    },
    /// The user whose store it is can't be asked.
    #[error(transparent)]
    NoAccount(#[from] NoAccount),
}

impl Owner {
    /// A podman command; that of another user is started by `words`.
    ///
    /// # Errors
    /// [`Refused`]: the user isn't there, or podman would touch what isn't its user's.
    pub(super) fn program(&self, words: &[&str], arguments: &[&str]) -> Result<Program, Refused> {
        let program = match self {
            Self::Agent(own) => {
                check(own)?;
                Program::new(own).keeping(&ENVIRONMENT)
            }
            Self::User(account) => account.as_ref().map_err(Clone::clone)?.program(words),
        };
        Ok(program.args(arguments))
    }

    /// The number of the user who podman is run as; none where they aren't there.
    pub(super) fn uid(&self) -> Option<u32> {
        match self {
            Self::Agent(_) => Some(rustix::process::geteuid().as_raw()),
            Self::User(account) => account.as_ref().ok().map(Account::uid),
        }
    }

    /// The other user, where it is one.
    ///
    /// # Errors
    /// [`Refused`]: they aren't there.
    pub(super) fn user(&self) -> Result<Option<&Account>, Refused> {
        match self {
            Self::Agent(_) => Ok(None),
            Self::User(account) => Ok(Some(account.as_ref().map_err(Clone::clone)?)),
        }
    }
}

/// Refuses a command of the agent's own podman for a store of somebody else's.
fn check(words: &Words) -> Result<(), Refused> {
    let own = rustix::process::geteuid().as_raw();
    let Some(root) = root(words) else {
        return Ok(());
    };
    // Where nothing is yet, podman would make the folder in one of somebody's.
    let there = root.ancestors().find_map(|folder| {
        let found = fs::metadata(folder).ok()?;
        Some((folder == root, found.uid()))
    });
    match there {
        Some((is_root, uid)) if uid != own && (is_root || uid != 0) => {
            Err(Refused::Foreign { root, uid })
        }
        _ => Ok(()),
    }
}

/// The folder that `--root` names, as podman takes it: the last one counts.
fn root(words: &Words) -> Option<PathBuf> {
    let mut named = None;
    let mut arguments = words.arguments().iter();
    while let Some(argument) = arguments.next() {
        if argument == "--root" {
            named = arguments.next().map(String::as_str);
        } else if let Some(value) = argument.strip_prefix("--root=") {
            named = Some(value);
        }
    }
    named.map(|named| Path::new(named).to_owned())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::os::unix::fs::chown;

    use super::{check, root};
    use crate::settings::Words;

    fn words(root: &str) -> Words {
        format!("podman --log-level error --root {root}")
            .parse()
            .unwrap()
    }

    #[test]
    fn the_root_is_what_podman_would_take() {
        let of = |text: &str| root(&text.parse::<Words>().unwrap());
        assert_eq!(of("podman"), None);
        assert_eq!(of("podman --root /a").unwrap().to_str(), Some("/a"));
        assert_eq!(
            of("podman --root=/a --root /b").unwrap().to_str(),
            Some("/b")
        );
        assert_eq!(of("podman --root"), None);
    }

    #[test]
    fn a_store_of_another_user_is_refused_before_podman_is_started() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("own");
        std::fs::create_dir(&own).unwrap();
        check(&words(own.to_str().unwrap())).unwrap();
        if !rustix::process::geteuid().is_root() {
            return;
        }
        let theirs = folder.path().join("theirs");
        std::fs::create_dir(&theirs).unwrap();
        chown(&theirs, Some(4711), Some(4711)).unwrap();
        for place in [theirs.clone(), theirs.join("not/there/yet")] {
            let refused = check(&words(place.to_str().unwrap())).unwrap_err();
            assert!(refused.to_string().contains("4711"), "{refused}");
            assert!(refused.to_string().contains("`users`"), "{refused}");
        }
        check(&words(folder.path().join("new").to_str().unwrap())).unwrap();
    }
}
